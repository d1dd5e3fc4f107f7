-- Assets, relations, dashboards and what else the platform has beside devices. As in V1, the same
-- text serves SQLite and PostgreSQL. `details` is the entity's JSON as its author wrote it.

ALTER TABLE account ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN enabled BOOLEAN NOT NULL DEFAULT TRUE;

CREATE TABLE asset_profile (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  tenant_id    TEXT NOT NULL REFERENCES tenant (id),
  name         TEXT NOT NULL,
  is_default   BOOLEAN NOT NULL,
  details      TEXT NOT NULL,
  search_text  TEXT NOT NULL,
  version      BIGINT NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE UNIQUE INDEX asset_profile_default ON asset_profile (tenant_id) WHERE is_default;

CREATE TABLE asset (
  id               TEXT PRIMARY KEY,
  created_time     BIGINT NOT NULL,
  tenant_id        TEXT NOT NULL REFERENCES tenant (id),
  customer_id      TEXT REFERENCES customer (id),
  name             TEXT NOT NULL,
  type             TEXT NOT NULL,
  label            TEXT NOT NULL,
  asset_profile_id TEXT NOT NULL REFERENCES asset_profile (id),
  additional_info  TEXT NOT NULL,
  search_text      TEXT NOT NULL,
  version          BIGINT NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE INDEX asset_customer ON asset (customer_id);
CREATE INDEX asset_profile_of ON asset (asset_profile_id);

CREATE TABLE entity_view (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  tenant_id    TEXT NOT NULL REFERENCES tenant (id),
  customer_id  TEXT REFERENCES customer (id),
  name         TEXT NOT NULL,
  type         TEXT NOT NULL,
  target_type  TEXT NOT NULL,
  target_id    TEXT NOT NULL,
  details      TEXT NOT NULL,
  search_text  TEXT NOT NULL,
  version      BIGINT NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE INDEX entity_view_customer ON entity_view (customer_id);
CREATE INDEX entity_view_target ON entity_view (target_id);

-- customers: ids, each between two spaces.
CREATE TABLE dashboard (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  tenant_id    TEXT NOT NULL REFERENCES tenant (id),
  title        TEXT NOT NULL,
  customers    TEXT NOT NULL,
  details      TEXT NOT NULL,
  search_text  TEXT NOT NULL,
  version      BIGINT NOT NULL
);
CREATE INDEX dashboard_tenant ON dashboard (tenant_id);

-- tenant_id of the next three may be the system's, which has no row.
CREATE TABLE widgets_bundle (
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
CREATE TABLE widget_type (
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
CREATE TABLE resource (
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

CREATE TABLE relation (
  tenant_id       TEXT NOT NULL,
  from_type       TEXT NOT NULL,
  from_id         TEXT NOT NULL,
  to_type         TEXT NOT NULL,
  to_id           TEXT NOT NULL,
  type_group      TEXT NOT NULL,
  type            TEXT NOT NULL,
  additional_info TEXT NOT NULL,
  version         BIGINT NOT NULL,
  PRIMARY KEY (from_id, from_type, type_group, type, to_id, to_type)
);
CREATE INDEX relation_to ON relation (to_id);
CREATE INDEX relation_tenant ON relation (tenant_id);

-- hash: of the key's secret; the secret itself is shown once and kept nowhere.
CREATE TABLE api_key (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  tenant_id    TEXT NOT NULL,
  user_id      TEXT NOT NULL REFERENCES account (id),
  description  TEXT NOT NULL,
  enabled      BOOLEAN NOT NULL,
  expires      BIGINT NOT NULL,
  hash         TEXT NOT NULL,
  search_text  TEXT NOT NULL,
  version      BIGINT NOT NULL,
  UNIQUE (hash)
);
CREATE INDEX api_key_user ON api_key (user_id);

-- kind: ACTIVATE, RESET; hash: of the secret in the link that was mailed or shown.
CREATE TABLE account_link (
  user_id TEXT NOT NULL REFERENCES account (id),
  kind    TEXT NOT NULL,
  hash    TEXT NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (user_id, kind),
  UNIQUE (hash)
);

CREATE TABLE account_setting (
  user_id TEXT NOT NULL REFERENCES account (id),
  kind    TEXT NOT NULL,
  details TEXT NOT NULL,
  PRIMARY KEY (user_id, kind)
);

CREATE TABLE alarm_comment (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  tenant_id    TEXT NOT NULL,
  alarm_id     TEXT NOT NULL,
  user_id      TEXT,
  kind         TEXT NOT NULL,
  details      TEXT NOT NULL
);
CREATE INDEX alarm_comment_alarm ON alarm_comment (alarm_id, created_time);
CREATE INDEX alarm_comment_tenant ON alarm_comment (tenant_id);

CREATE TABLE audit_log (
  id            TEXT PRIMARY KEY,
  created_time  BIGINT NOT NULL,
  tenant_id     TEXT NOT NULL,
  customer_id   TEXT,
  entity_type   TEXT NOT NULL,
  entity_id     TEXT NOT NULL,
  entity_name   TEXT NOT NULL,
  user_id       TEXT NOT NULL,
  user_name     TEXT NOT NULL,
  action        TEXT NOT NULL,
  action_data   TEXT NOT NULL,
  action_status TEXT NOT NULL,
  failure       TEXT NOT NULL,
  search_text   TEXT NOT NULL
);
CREATE INDEX audit_log_tenant ON audit_log (tenant_id, created_time);
CREATE INDEX audit_log_entity ON audit_log (entity_id, created_time);

CREATE TABLE event (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  tenant_id    TEXT NOT NULL,
  entity_id    TEXT NOT NULL,
  kind         TEXT NOT NULL,
  body         TEXT NOT NULL,
  search_text  TEXT NOT NULL
);
CREATE INDEX event_entity ON event (entity_id, kind, created_time);
CREATE INDEX event_tenant ON event (tenant_id);
