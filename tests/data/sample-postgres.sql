-- A database like OpenMetadata's: entities as JSON with generated columns, a trigger, a
-- routine, a view, bytes, and names that need quotes.
CREATE EXTENSION pgcrypto;
CREATE TABLE query_entity (
  id varchar(36) GENERATED ALWAYS AS (json ->> 'id') STORED NOT NULL PRIMARY KEY,
  json jsonb NOT NULL,
  updatedat bigint GENERATED ALWAYS AS ((json ->> 'updatedAt')::bigint) STORED NOT NULL
);
CREATE TABLE server_change_log (
  installed_rank serial,
  version varchar(256) PRIMARY KEY,
  migrationfilename varchar(256) NOT NULL,
  checksum varchar(256) NOT NULL,
  installed_on timestamp NOT NULL DEFAULT '2024-04-01 10:00:00',
  metrics jsonb
);
CREATE TABLE "Odd ""table""; -- $x" ("a ""b""" int PRIMARY KEY, bytes bytea);
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER noted BEFORE INSERT ON query_entity FOR EACH ROW EXECUTE FUNCTION noted();
CREATE VIEW newest AS SELECT max(updatedat) AS updatedat FROM query_entity;
INSERT INTO query_entity (json)
  SELECT jsonb_build_object('id', n::text, 'updatedAt', n, 'query', repeat(E'it''s \\ \u00e9', n % 50))
  FROM generate_series(1, 2000) n;
INSERT INTO server_change_log (version, migrationfilename, checksum)
  VALUES ('1.2.0', 'b', 'b'), ('1.10.0', 'c', 'c'), ('1.3.4', 'a', 'a');
INSERT INTO "Odd ""table""; -- $x" VALUES (1, '\x00275c0aff'), (2, NULL);
