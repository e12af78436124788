-- Every statement may be run twice: a crash in the middle repeats the file from its beginning.

CREATE SEQUENCE IF NOT EXISTS job_seq CACHE 100;

-- Rows lie in the order of seq, so a page of the newest ones is read in one place.
CREATE TABLE IF NOT EXISTS job (
  seq BIGINT NOT NULL PRIMARY KEY,
  id VARCHAR NOT NULL,
  project VARCHAR NOT NULL,
  status INTEGER NOT NULL,
  -- seq while the job is active, else null
  active_seq BIGINT,
  -- when time alone changes the job next; null if never
  deadline TIMESTAMP(9),
  payload BLOB NOT NULL
);

CREATE UNIQUE INDEX IF NOT EXISTS job_by_id ON job (id);

CREATE INDEX IF NOT EXISTS job_by_project ON job (project, seq);

CREATE INDEX IF NOT EXISTS job_by_status ON job (project, status, seq);

CREATE INDEX IF NOT EXISTS job_active ON job (active_seq);

CREATE INDEX IF NOT EXISTS job_by_deadline ON job (deadline, seq);

-- Which job needs which stored file.
CREATE TABLE IF NOT EXISTS claim (
  project VARCHAR NOT NULL,
  sha256 VARCHAR NOT NULL,
  job BIGINT NOT NULL,
  PRIMARY KEY (project, sha256, job)
);

CREATE TABLE IF NOT EXISTS operation (
  id VARCHAR NOT NULL PRIMARY KEY,
  payload BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS project (
  id VARCHAR NOT NULL PRIMARY KEY,
  community VARCHAR NOT NULL,
  payload BLOB NOT NULL
);

CREATE INDEX IF NOT EXISTS project_by_community ON project (community, id);
