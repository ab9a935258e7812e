-- Identity, the roll, background work, the audit log.
-- Twin of the other engine's file: same tables, columns, index and constraint names (a test compares them).
-- Unique rules are named indexes, so that both engines report the same name; foreign keys are deferrable, so that
-- a backup can be read back in any order.

-- One row: the fingerprint of the master secret, so that a node with another key cannot join.
CREATE TABLE installation (
  id BIGINT NOT NULL CONSTRAINT installation_pkey PRIMARY KEY CONSTRAINT installation_one_row CHECK (id = 1),
  key_fingerprint BLOB NOT NULL
);

CREATE TABLE areas (
  id BLOB NOT NULL CONSTRAINT areas_pkey PRIMARY KEY,
  parent_id BLOB CONSTRAINT areas_parent_fkey REFERENCES areas (id) DEFERRABLE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  -- '/' and the hexadecimal ids from the top down to this area, each followed by '/': all below begin with it.
  path TEXT NOT NULL,
  depth BIGINT NOT NULL
);
CREATE UNIQUE INDEX areas_path ON areas (path);
CREATE UNIQUE INDEX areas_name ON areas (parent_id, name_key);
CREATE INDEX areas_name_key ON areas (name_key, kind);

CREATE TABLE households (
  id BLOB NOT NULL CONSTRAINT households_pkey PRIMARY KEY,
  area_id BLOB NOT NULL CONSTRAINT households_area_fkey REFERENCES areas (id) DEFERRABLE,
  unit TEXT NOT NULL,
  room TEXT NOT NULL,
  -- Wrong codes since the last letter, and when that locked the household.
  wrong_codes BIGINT NOT NULL DEFAULT 0,
  locked_at BIGINT
);
CREATE UNIQUE INDEX households_address ON households (area_id, unit, room);

CREATE TABLE persons (
  id BLOB NOT NULL CONSTRAINT persons_pkey PRIMARY KEY,
  household_id BLOB NOT NULL CONSTRAINT persons_household_fkey REFERENCES households (id) DEFERRABLE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  -- YYYY-MM-DD
  birth TEXT NOT NULL,
  gender TEXT NOT NULL,
  -- HMAC of the identity number, for uniqueness; the number itself only encrypted.
  id_hash BLOB,
  id_sealed BLOB,
  phone_sealed BLOB,
  representative BOOLEAN NOT NULL,
  note TEXT NOT NULL,
  -- HMAC of the row as imported, to tell changed from unchanged without decrypting.
  fingerprint BLOB NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX persons_id_hash ON persons (id_hash);
CREATE UNIQUE INDEX persons_home_name ON persons (household_id, name_key) WHERE id_hash IS NULL;
CREATE INDEX persons_household ON persons (household_id);
CREATE INDEX persons_name ON persons (name_key, id);

-- The one-time code of a person's letter.
CREATE TABLE codes (
  person_id BLOB NOT NULL CONSTRAINT codes_pkey PRIMARY KEY CONSTRAINT codes_person_fkey REFERENCES persons (id) DEFERRABLE,
  code_hash BLOB NOT NULL,
  issued_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);

CREATE TABLE accounts (
  id BLOB NOT NULL CONSTRAINT accounts_pkey PRIMARY KEY,
  login TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  language TEXT NOT NULL,
  email TEXT NOT NULL DEFAULT '',
  email_confirmed_at BIGINT,
  mail_wanted BOOLEAN NOT NULL,
  person_id BLOB CONSTRAINT accounts_person_fkey REFERENCES persons (id) DEFERRABLE,
  verified_at BIGINT,
  verified_until BIGINT,
  verified_by TEXT,
  created_at BIGINT NOT NULL,
  CONSTRAINT accounts_verified CHECK ((person_id IS NULL) = (verified_until IS NULL))
);
CREATE UNIQUE INDEX accounts_login ON accounts (login);
-- One person, one verified account.
CREATE UNIQUE INDEX accounts_person ON accounts (person_id);

CREATE TABLE sessions (
  id BLOB NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY,
  account_id BLOB NOT NULL CONSTRAINT sessions_account_fkey REFERENCES accounts (id) DEFERRABLE,
  token_hash BLOB NOT NULL,
  device TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE role_grants (
  account_id BLOB NOT NULL CONSTRAINT role_grants_account_fkey REFERENCES accounts (id) DEFERRABLE,
  area_id BLOB NOT NULL CONSTRAINT role_grants_area_fkey REFERENCES areas (id) DEFERRABLE,
  role TEXT NOT NULL,
  granted_by BLOB,
  granted_at BIGINT NOT NULL,
  CONSTRAINT role_grants_pkey PRIMARY KEY (account_id, area_id, role)
);
CREATE INDEX role_grants_area ON role_grants (area_id);

-- What a resident shows at the desk: one at a time.
CREATE TABLE desk_tickets (
  account_id BLOB NOT NULL CONSTRAINT desk_tickets_pkey PRIMARY KEY CONSTRAINT desk_tickets_account_fkey REFERENCES accounts (id) DEFERRABLE,
  token_hash BLOB NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX desk_tickets_token ON desk_tickets (token_hash);

-- Tries within a window, by a hashed key.
CREATE TABLE throttles (
  key BLOB NOT NULL CONSTRAINT throttles_pkey PRIMARY KEY,
  window_start BIGINT NOT NULL,
  window_end BIGINT NOT NULL,
  hits BIGINT NOT NULL
);
CREATE INDEX throttles_end ON throttles (window_end);

CREATE TABLE imports (
  id BLOB NOT NULL CONSTRAINT imports_pkey PRIMARY KEY,
  area_id BLOB NOT NULL CONSTRAINT imports_area_fkey REFERENCES areas (id) DEFERRABLE,
  account_id BLOB,
  file_name TEXT NOT NULL,
  -- The file, encrypted; empty once it was read.
  content BLOB NOT NULL,
  state TEXT NOT NULL,
  row_count BIGINT NOT NULL,
  rows_done BIGINT NOT NULL,
  added BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  problem_count BIGINT NOT NULL,
  -- JSON array of types::roll::RowProblem, the first 200; encrypted, as it quotes the file.
  problems BLOB NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX imports_area ON imports (area_id, created_at);

-- Checked rows on their way to the roll; gone when the import is over.
CREATE TABLE import_rows (
  import_id BLOB NOT NULL CONSTRAINT import_rows_import_fkey REFERENCES imports (id) DEFERRABLE,
  row_number BIGINT NOT NULL,
  -- The person's id if the row turns out to be new.
  fresh_id BLOB NOT NULL,
  -- The household's id if the address turns out to be new; the same for all rows of one address.
  fresh_household_id BLOB NOT NULL,
  -- The building's id, name and key if it turns out to be new; the same for all its rows.
  fresh_area_id BLOB NOT NULL,
  building TEXT NOT NULL,
  building_key TEXT NOT NULL,
  unit TEXT NOT NULL,
  room TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  birth TEXT NOT NULL,
  gender TEXT NOT NULL,
  id_hash BLOB,
  id_sealed BLOB,
  phone_sealed BLOB,
  representative BOOLEAN NOT NULL,
  note TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  -- What the row turned out to be, once compared with the roll.
  household_id BLOB,
  person_id BLOB,
  CONSTRAINT import_rows_pkey PRIMARY KEY (import_id, row_number)
);
CREATE INDEX import_rows_person ON import_rows (import_id, person_id);

CREATE TABLE jobs (
  id BLOB NOT NULL CONSTRAINT jobs_pkey PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  lease_owner TEXT,
  lease_until BIGINT,
  dedupe_key TEXT,
  done_at BIGINT,
  last_error TEXT
);
CREATE UNIQUE INDEX jobs_dedupe ON jobs (dedupe_key);
CREATE INDEX jobs_due ON jobs (run_at) WHERE done_at IS NULL;
CREATE INDEX jobs_done ON jobs (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE notices (
  id BLOB NOT NULL CONSTRAINT notices_pkey PRIMARY KEY,
  account_id BLOB NOT NULL CONSTRAINT notices_account_fkey REFERENCES accounts (id) DEFERRABLE,
  kind TEXT NOT NULL,
  -- JSON object of strings.
  args TEXT NOT NULL,
  poll_id BLOB,
  sent_at BIGINT NOT NULL,
  read_at BIGINT
);
CREATE INDEX notices_inbox ON notices (account_id, sent_at, id);
CREATE INDEX notices_unread ON notices (account_id) WHERE read_at IS NULL;

-- Append-only, each entry bound to the one before; audit_head is the lock and the end of the chain.
CREATE TABLE audit (
  seq BIGINT NOT NULL CONSTRAINT audit_pkey PRIMARY KEY,
  at BIGINT NOT NULL,
  actor BLOB,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  area_id BLOB,
  detail TEXT NOT NULL,
  prev_hash BLOB NOT NULL,
  hash BLOB NOT NULL
);
CREATE INDEX audit_area ON audit (area_id, seq);
CREATE TABLE audit_head (
  id BIGINT NOT NULL CONSTRAINT audit_head_pkey PRIMARY KEY CONSTRAINT audit_head_one_row CHECK (id = 1),
  seq BIGINT NOT NULL,
  hash BLOB NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, zeroblob(32));
-- areas_root: above all others, never listed; who runs the installation holds a role here.
INSERT INTO areas (id, parent_id, kind, name, name_key, path, depth) VALUES (zeroblob(16), NULL, 'city', '', '', '/', -1);

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
