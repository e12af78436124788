-- The number of the last record of the journal that is in this database.
CREATE TABLE IF NOT EXISTS journal (
  one INTEGER NOT NULL PRIMARY KEY,
  applied BIGINT NOT NULL
);

MERGE INTO journal KEY (one) VALUES (1, 0);
