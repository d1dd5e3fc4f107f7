-- What every rule chain was with each change, and the tests that are kept with it. As in V1, the
-- same text serves SQLite and PostgreSQL.

CREATE TABLE rule_chain_version (
  chain_id        TEXT NOT NULL,
  version         BIGINT NOT NULL,
  created_time    BIGINT NOT NULL,
  name            TEXT NOT NULL,
  author          TEXT NOT NULL,
  remark          TEXT NOT NULL,
  configuration   TEXT NOT NULL,
  additional_info TEXT NOT NULL,
  metadata        TEXT NOT NULL,
  PRIMARY KEY (chain_id, version)
);
INSERT INTO rule_chain_version
  SELECT id, version, created_time, name, '', '', configuration, additional_info, metadata
  FROM rule_chain;

CREATE TABLE rule_chain_test (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  chain_id     TEXT NOT NULL,
  name         TEXT NOT NULL,
  details      TEXT NOT NULL,
  UNIQUE (chain_id, name)
);

-- tenant_id is the system's, which has no row.
CREATE TABLE queue (
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
