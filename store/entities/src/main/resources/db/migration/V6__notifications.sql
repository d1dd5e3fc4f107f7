-- Notifications: who is told (targets), in which words (templates), of what (rules); what was sent
-- (requests); and the inbox of each user. `details` is JSON as its author wrote it.

CREATE TABLE notification_target (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  tenant_id    TEXT NOT NULL,
  name         TEXT NOT NULL,
  alias        TEXT NOT NULL,
  details      TEXT NOT NULL,
  search_text  TEXT NOT NULL,
  version      BIGINT NOT NULL,
  UNIQUE (tenant_id, alias)
);
CREATE TABLE notification_template (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  tenant_id    TEXT NOT NULL,
  name         TEXT NOT NULL,
  alias        TEXT NOT NULL,
  details      TEXT NOT NULL,
  search_text  TEXT NOT NULL,
  version      BIGINT NOT NULL,
  UNIQUE (tenant_id, alias)
);
CREATE TABLE notification_rule (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  tenant_id    TEXT NOT NULL,
  name         TEXT NOT NULL,
  alias        TEXT NOT NULL,
  details      TEXT NOT NULL,
  search_text  TEXT NOT NULL,
  version      BIGINT NOT NULL,
  UNIQUE (tenant_id, alias)
);
CREATE TABLE notification_request (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  tenant_id    TEXT NOT NULL,
  rule_key     TEXT NOT NULL,
  details      TEXT NOT NULL
);
CREATE INDEX notification_request_tenant ON notification_request (tenant_id, created_time);
CREATE INDEX notification_request_rule ON notification_request (rule_key, created_time);
CREATE TABLE notification (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  tenant_id    TEXT NOT NULL,
  user_id      TEXT NOT NULL,
  request_id   TEXT NOT NULL,
  is_read      BOOLEAN NOT NULL,
  details      TEXT NOT NULL
);
CREATE INDEX notification_user ON notification (user_id, created_time);
