-- What the system administrator sets for the whole system, by key: ThingsBoard's AdminSettings.

CREATE TABLE admin_setting (
  kind    TEXT PRIMARY KEY,
  details TEXT NOT NULL
);
