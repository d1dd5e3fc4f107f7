-- The same text for SQLite and PostgreSQL. Ids are UUIDs in text form, times are milliseconds since
-- 1970, JSON is text as its author wrote it. search_text is lower-case text that lists are searched in.

CREATE TABLE tenant (
  id              TEXT PRIMARY KEY,
  created_time    BIGINT NOT NULL,
  title           TEXT NOT NULL,
  region          TEXT NOT NULL,
  contact         TEXT NOT NULL,
  additional_info TEXT NOT NULL,
  search_text     TEXT NOT NULL,
  version         BIGINT NOT NULL,
  UNIQUE (title)
);

CREATE TABLE customer (
  id              TEXT PRIMARY KEY,
  created_time    BIGINT NOT NULL,
  tenant_id       TEXT NOT NULL REFERENCES tenant (id),
  title           TEXT NOT NULL,
  is_public       BOOLEAN NOT NULL,
  contact         TEXT NOT NULL,
  additional_info TEXT NOT NULL,
  search_text     TEXT NOT NULL,
  version         BIGINT NOT NULL,
  UNIQUE (tenant_id, title)
);

-- tenant_id may be the system's, which has no row.
CREATE TABLE account (
  id              TEXT PRIMARY KEY,
  created_time    BIGINT NOT NULL,
  tenant_id       TEXT NOT NULL,
  customer_id     TEXT REFERENCES customer (id),
  authority       TEXT NOT NULL,
  email           TEXT NOT NULL,
  email_lower     TEXT NOT NULL,
  first_name      TEXT NOT NULL,
  last_name       TEXT NOT NULL,
  phone           TEXT NOT NULL,
  password_hash   TEXT,
  additional_info TEXT NOT NULL,
  search_text     TEXT NOT NULL,
  version         BIGINT NOT NULL,
  UNIQUE (email_lower)
);
CREATE INDEX account_tenant ON account (tenant_id);
CREATE INDEX account_customer ON account (customer_id);

CREATE TABLE rule_chain (
  id              TEXT PRIMARY KEY,
  created_time    BIGINT NOT NULL,
  tenant_id       TEXT NOT NULL REFERENCES tenant (id),
  name            TEXT NOT NULL,
  type            TEXT NOT NULL,
  root            BOOLEAN NOT NULL,
  debug_mode      BOOLEAN NOT NULL,
  configuration   TEXT NOT NULL,
  additional_info TEXT NOT NULL,
  metadata        TEXT NOT NULL,
  search_text     TEXT NOT NULL,
  version         BIGINT NOT NULL
);
CREATE INDEX rule_chain_tenant ON rule_chain (tenant_id);
CREATE UNIQUE INDEX rule_chain_root ON rule_chain (tenant_id) WHERE root;

CREATE TABLE device_profile (
  id                    TEXT PRIMARY KEY,
  created_time          BIGINT NOT NULL,
  tenant_id             TEXT NOT NULL REFERENCES tenant (id),
  name                  TEXT NOT NULL,
  description           TEXT NOT NULL,
  is_default            BOOLEAN NOT NULL,
  default_rule_chain_id TEXT REFERENCES rule_chain (id),
  transport_type        TEXT NOT NULL,
  provision_type        TEXT NOT NULL,
  profile_data          TEXT NOT NULL,
  search_text           TEXT NOT NULL,
  version               BIGINT NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE UNIQUE INDEX device_profile_default ON device_profile (tenant_id) WHERE is_default;
CREATE INDEX device_profile_rule_chain ON device_profile (default_rule_chain_id);

CREATE TABLE device (
  id                TEXT PRIMARY KEY,
  created_time      BIGINT NOT NULL,
  tenant_id         TEXT NOT NULL REFERENCES tenant (id),
  customer_id       TEXT REFERENCES customer (id),
  name              TEXT NOT NULL,
  type              TEXT NOT NULL,
  label             TEXT NOT NULL,
  device_profile_id TEXT NOT NULL REFERENCES device_profile (id),
  device_data       TEXT NOT NULL,
  additional_info   TEXT NOT NULL,
  search_text       TEXT NOT NULL,
  version           BIGINT NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE INDEX device_customer ON device (customer_id);
CREATE INDEX device_profile_of ON device (device_profile_id);

CREATE TABLE device_credentials (
  id                TEXT PRIMARY KEY,
  created_time      BIGINT NOT NULL,
  tenant_id         TEXT NOT NULL REFERENCES tenant (id),
  device_id         TEXT NOT NULL REFERENCES device (id),
  type              TEXT NOT NULL,
  credentials_id    TEXT NOT NULL,
  credentials_value TEXT NOT NULL,
  search_text       TEXT NOT NULL,
  version           BIGINT NOT NULL,
  UNIQUE (credentials_id),
  UNIQUE (device_id)
);
CREATE INDEX device_credentials_tenant ON device_credentials (tenant_id);
