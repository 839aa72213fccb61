-- A database like OpenMetadata's: entities as JSON with generated columns, a trigger, a
-- routine, a view, bytes, and names that need quotes.
CREATE TABLE query_entity (
  id VARCHAR(36) GENERATED ALWAYS AS (JSON_UNQUOTE(JSON_EXTRACT(json, '$.id'))) STORED,
  json JSON NOT NULL,
  updatedAt BIGINT UNSIGNED GENERATED ALWAYS AS (JSON_EXTRACT(json, '$.updatedAt')) VIRTUAL,
  UNIQUE (id)
);
CREATE TABLE SERVER_CHANGE_LOG (
  installed_rank INT UNSIGNED NOT NULL AUTO_INCREMENT,
  version VARCHAR(256) PRIMARY KEY,
  migrationFileName VARCHAR(256) NOT NULL,
  checksum VARCHAR(256) NOT NULL,
  installed_on TIMESTAMP NOT NULL DEFAULT '2024-04-01 10:00:00',
  metrics JSON,
  UNIQUE (installed_rank)
);
CREATE TABLE `odd ``table``; -- $x` (`a ``b``` INT PRIMARY KEY, bytes BLOB);
CREATE TRIGGER noted BEFORE INSERT ON query_entity FOR EACH ROW SET @noted = 1;
CREATE FUNCTION twice (number INT) RETURNS INT DETERMINISTIC RETURN 2 * number;
CREATE VIEW newest AS SELECT MAX(updatedAt) AS updatedAt FROM query_entity;
INSERT INTO query_entity (json)
  SELECT JSON_OBJECT('id', CAST(seq AS CHAR), 'updatedAt', seq, 'query', REPEAT('it''s \\ é', seq % 50)) FROM seq_1_to_2000;
INSERT INTO SERVER_CHANGE_LOG (version, migrationFileName, checksum)
  VALUES ('1.2.0', 'b', 'b'), ('1.10.0', 'c', 'c'), ('1.3.4', 'a', 'a');
INSERT INTO `odd ``table``; -- $x` VALUES (1, x'00275c0aff'), (2, NULL);
