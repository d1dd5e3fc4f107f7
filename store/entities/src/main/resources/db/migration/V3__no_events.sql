-- Events are told from the engine's own figures and from the audit log.
DROP TABLE event;
