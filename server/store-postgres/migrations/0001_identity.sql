-- Identity, the roll, background work, the audit log.
-- COLLATE "C" is byte order, which is SQLite's.
-- Twin of the other engine's file: same tables, columns, index and constraint names (a test compares them).
-- Unique rules are named indexes, so that both engines report the same name; foreign keys are deferrable, so that
-- a backup can be read back in any order.

-- One row: the fingerprint of the master secret, so that a node with another key cannot join.
CREATE TABLE installation (
  id BIGINT NOT NULL CONSTRAINT installation_pkey PRIMARY KEY CONSTRAINT installation_one_row CHECK (id = 1),
  key_fingerprint BYTEA NOT NULL
);

CREATE TABLE areas (
  id BYTEA NOT NULL CONSTRAINT areas_pkey PRIMARY KEY,
  parent_id BYTEA CONSTRAINT areas_parent_fkey REFERENCES areas (id) DEFERRABLE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  -- '/' and the hexadecimal ids from the top down to this area, each followed by '/': all below begin with it.
  path TEXT COLLATE "C" NOT NULL,
  depth BIGINT NOT NULL
);
CREATE UNIQUE INDEX areas_path ON areas (path);
CREATE UNIQUE INDEX areas_name ON areas (parent_id, name_key);
CREATE INDEX areas_name_key ON areas (name_key, kind);

CREATE TABLE households (
  id BYTEA NOT NULL CONSTRAINT households_pkey PRIMARY KEY,
  area_id BYTEA NOT NULL CONSTRAINT households_area_fkey REFERENCES areas (id) DEFERRABLE,
  unit TEXT COLLATE "C" NOT NULL,
  room TEXT COLLATE "C" NOT NULL,
  -- Wrong codes since the last letter, and when that locked the household.
  wrong_codes BIGINT NOT NULL DEFAULT 0,
  locked_at BIGINT
);
CREATE UNIQUE INDEX households_address ON households (area_id, unit, room);

CREATE TABLE persons (
  id BYTEA NOT NULL CONSTRAINT persons_pkey PRIMARY KEY,
  household_id BYTEA NOT NULL CONSTRAINT persons_household_fkey REFERENCES households (id) DEFERRABLE,
  name TEXT NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  -- YYYY-MM-DD
  birth TEXT COLLATE "C" NOT NULL,
  gender TEXT NOT NULL,
  -- HMAC of the identity number, for uniqueness; the number itself only encrypted.
  id_hash BYTEA,
  id_sealed BYTEA,
  phone_sealed BYTEA,
  representative BOOLEAN NOT NULL,
  note TEXT NOT NULL,
  -- HMAC of the row as imported, to tell changed from unchanged without decrypting.
  fingerprint BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX persons_id_hash ON persons (id_hash);
CREATE UNIQUE INDEX persons_home_name ON persons (household_id, name_key) WHERE id_hash IS NULL;
CREATE INDEX persons_household ON persons (household_id);
CREATE INDEX persons_name ON persons (name_key, id);

-- The one-time code of a person's letter.
CREATE TABLE codes (
  person_id BYTEA NOT NULL CONSTRAINT codes_pkey PRIMARY KEY CONSTRAINT codes_person_fkey REFERENCES persons (id) DEFERRABLE,
  code_hash BYTEA NOT NULL,
  issued_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);

CREATE TABLE accounts (
  id BYTEA NOT NULL CONSTRAINT accounts_pkey PRIMARY KEY,
  login TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  language TEXT NOT NULL,
  email TEXT NOT NULL DEFAULT '',
  email_confirmed_at BIGINT,
  mail_wanted BOOLEAN NOT NULL,
  person_id BYTEA CONSTRAINT accounts_person_fkey REFERENCES persons (id) DEFERRABLE,
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
  id BYTEA NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY,
  account_id BYTEA NOT NULL CONSTRAINT sessions_account_fkey REFERENCES accounts (id) DEFERRABLE,
  token_hash BYTEA NOT NULL,
  device TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE role_grants (
  account_id BYTEA NOT NULL CONSTRAINT role_grants_account_fkey REFERENCES accounts (id) DEFERRABLE,
  area_id BYTEA NOT NULL CONSTRAINT role_grants_area_fkey REFERENCES areas (id) DEFERRABLE,
  role TEXT NOT NULL,
  granted_by BYTEA,
  granted_at BIGINT NOT NULL,
  CONSTRAINT role_grants_pkey PRIMARY KEY (account_id, area_id, role)
);
CREATE INDEX role_grants_area ON role_grants (area_id);

-- What a resident shows at the desk: one at a time.
CREATE TABLE desk_tickets (
  account_id BYTEA NOT NULL CONSTRAINT desk_tickets_pkey PRIMARY KEY CONSTRAINT desk_tickets_account_fkey REFERENCES accounts (id) DEFERRABLE,
  token_hash BYTEA NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX desk_tickets_token ON desk_tickets (token_hash);

-- Tries within a window, by a hashed key.
CREATE TABLE throttles (
  key BYTEA NOT NULL CONSTRAINT throttles_pkey PRIMARY KEY,
  window_start BIGINT NOT NULL,
  window_end BIGINT NOT NULL,
  hits BIGINT NOT NULL
);
CREATE INDEX throttles_end ON throttles (window_end);

CREATE TABLE imports (
  id BYTEA NOT NULL CONSTRAINT imports_pkey PRIMARY KEY,
  area_id BYTEA NOT NULL CONSTRAINT imports_area_fkey REFERENCES areas (id) DEFERRABLE,
  account_id BYTEA,
  file_name TEXT NOT NULL,
  -- The file, encrypted; empty once it was read.
  content BYTEA NOT NULL,
  state TEXT NOT NULL,
  row_count BIGINT NOT NULL,
  rows_done BIGINT NOT NULL,
  added BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  problem_count BIGINT NOT NULL,
  -- JSON array of types::roll::RowProblem, the first 200; encrypted, as it quotes the file.
  problems BYTEA NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX imports_area ON imports (area_id, created_at);

-- Checked rows on their way to the roll; gone when the import is over.
CREATE TABLE import_rows (
  import_id BYTEA NOT NULL CONSTRAINT import_rows_import_fkey REFERENCES imports (id) DEFERRABLE,
  row_number BIGINT NOT NULL,
  -- The person's id if the row turns out to be new.
  fresh_id BYTEA NOT NULL,
  -- The household's id if the address turns out to be new; the same for all rows of one address.
  fresh_household_id BYTEA NOT NULL,
  -- The building's id, name and key if it turns out to be new; the same for all its rows.
  fresh_area_id BYTEA NOT NULL,
  building TEXT NOT NULL,
  building_key TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  room TEXT COLLATE "C" NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  birth TEXT COLLATE "C" NOT NULL,
  gender TEXT NOT NULL,
  id_hash BYTEA,
  id_sealed BYTEA,
  phone_sealed BYTEA,
  representative BOOLEAN NOT NULL,
  note TEXT NOT NULL,
  fingerprint BYTEA NOT NULL,
  -- What the row turned out to be, once compared with the roll.
  household_id BYTEA,
  person_id BYTEA,
  CONSTRAINT import_rows_pkey PRIMARY KEY (import_id, row_number)
);
CREATE INDEX import_rows_person ON import_rows (import_id, person_id);

CREATE TABLE jobs (
  id BYTEA NOT NULL CONSTRAINT jobs_pkey PRIMARY KEY,
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
  id BYTEA NOT NULL CONSTRAINT notices_pkey PRIMARY KEY,
  account_id BYTEA NOT NULL CONSTRAINT notices_account_fkey REFERENCES accounts (id) DEFERRABLE,
  kind TEXT NOT NULL,
  -- JSON object of strings.
  args TEXT NOT NULL,
  poll_id BYTEA,
  sent_at BIGINT NOT NULL,
  read_at BIGINT
);
CREATE INDEX notices_inbox ON notices (account_id, sent_at, id);
CREATE INDEX notices_unread ON notices (account_id) WHERE read_at IS NULL;

-- Append-only, each entry bound to the one before; audit_head is the lock and the end of the chain.
CREATE TABLE audit (
  seq BIGINT NOT NULL CONSTRAINT audit_pkey PRIMARY KEY,
  at BIGINT NOT NULL,
  actor BYTEA,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  area_id BYTEA,
  detail TEXT NOT NULL,
  prev_hash BYTEA NOT NULL,
  hash BYTEA NOT NULL
);
CREATE INDEX audit_area ON audit (area_id, seq);
CREATE TABLE audit_head (
  id BIGINT NOT NULL CONSTRAINT audit_head_pkey PRIMARY KEY CONSTRAINT audit_head_one_row CHECK (id = 1),
  seq BIGINT NOT NULL,
  hash BYTEA NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));
-- areas_root: above all others, never listed; who runs the installation holds a role here.
INSERT INTO areas (id, parent_id, kind, name, name_key, path, depth) VALUES (decode(repeat('00', 16), 'hex'), NULL, 'city', '', '', '/', -1);

CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_no_update BEFORE UPDATE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
