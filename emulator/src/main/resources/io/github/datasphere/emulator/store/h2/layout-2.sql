-- What of the journal is in this database: the number of the last record, the highest seq of a job.
CREATE TABLE IF NOT EXISTS journal (
  one INTEGER NOT NULL PRIMARY KEY,
  applied BIGINT NOT NULL,
  seq BIGINT NOT NULL
);

MERGE INTO journal KEY (one) SELECT 1, 0, COALESCE(MAX(seq), 0) + 1000 FROM job;

DROP SEQUENCE IF EXISTS job_seq;
