-- Calculated fields: of a device, an asset, or a profile and so of all that have it. `details` is
-- the field's JSON as its author wrote it.

CREATE TABLE calculated_field (
  id           TEXT PRIMARY KEY,
  created_time BIGINT NOT NULL,
  tenant_id    TEXT NOT NULL REFERENCES tenant (id),
  entity_type  TEXT NOT NULL,
  entity_id    TEXT NOT NULL,
  type         TEXT NOT NULL,
  name         TEXT NOT NULL,
  details      TEXT NOT NULL,
  search_text  TEXT NOT NULL,
  version      BIGINT NOT NULL,
  UNIQUE (entity_id, type, name)
);
CREATE INDEX calculated_field_tenant ON calculated_field (tenant_id);
