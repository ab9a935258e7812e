-- Polls: drafts, trustees, the frozen roll, the board, ballots.
-- Twin of the other engine's file: same tables, columns, index and constraint names (a test compares them).

CREATE TABLE polls (
  id BLOB NOT NULL CONSTRAINT polls_pkey PRIMARY KEY,
  area_id BLOB NOT NULL CONSTRAINT polls_area_fkey REFERENCES areas (id) DEFERRABLE,
  -- types::polls::PollState
  state TEXT NOT NULL,
  title TEXT NOT NULL,
  -- JSON of types::polls::PollDraft; kept when published.
  draft TEXT NOT NULL,
  -- One more with each save.
  version BIGINT NOT NULL,
  -- JSON of what is the same for everybody on the poll's page; empty before it is published.
  page TEXT NOT NULL,
  opens_at BIGINT NOT NULL,
  closes_at BIGINT NOT NULL,
  key_system BOOLEAN NOT NULL,
  key_k BIGINT NOT NULL,
  key_n BIGINT NOT NULL,
  corrects_id BLOB CONSTRAINT polls_corrects_fkey REFERENCES polls (id) DEFERRABLE,
  created_by BLOB NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX polls_drafts ON polls (area_id, updated_at) WHERE state = 'draft';
CREATE INDEX polls_corrects ON polls (corrects_id) WHERE corrects_id IS NOT NULL;

-- Where a published poll is listed: its area and all above it, and the nil id for "everywhere".
CREATE TABLE poll_areas (
  area_id BLOB NOT NULL,
  poll_id BLOB NOT NULL CONSTRAINT poll_areas_poll_fkey REFERENCES polls (id) DEFERRABLE,
  -- coming, open, closed
  phase TEXT NOT NULL,
  opens_at BIGINT NOT NULL,
  CONSTRAINT poll_areas_pkey PRIMARY KEY (poll_id, area_id)
);
CREATE INDEX poll_areas_all ON poll_areas (area_id, opens_at, poll_id);
CREATE INDEX poll_areas_phase ON poll_areas (area_id, phase, opens_at, poll_id);

CREATE TABLE poll_attachments (
  id BLOB NOT NULL CONSTRAINT poll_attachments_pkey PRIMARY KEY,
  poll_id BLOB NOT NULL CONSTRAINT poll_attachments_poll_fkey REFERENCES polls (id) DEFERRABLE,
  -- 0, 1, …: at most ten, by the rule on the next line.
  position BIGINT NOT NULL CONSTRAINT poll_attachments_at_most_ten CHECK (position BETWEEN 0 AND 9),
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  size BIGINT NOT NULL,
  content BLOB NOT NULL
);
CREATE UNIQUE INDEX poll_attachments_position ON poll_attachments (poll_id, position);

CREATE TABLE clerk_keys (
  account_id BLOB NOT NULL CONSTRAINT clerk_keys_pkey PRIMARY KEY CONSTRAINT clerk_keys_account_fkey REFERENCES accounts (id) DEFERRABLE,
  public_key BLOB NOT NULL,
  registered_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX clerk_keys_key ON clerk_keys (public_key);

-- The clerks whom a manifest names, from 0.
CREATE TABLE poll_clerks (
  poll_id BLOB NOT NULL CONSTRAINT poll_clerks_poll_fkey REFERENCES polls (id) DEFERRABLE,
  position BIGINT NOT NULL,
  account_id BLOB NOT NULL,
  CONSTRAINT poll_clerks_pkey PRIMARY KEY (poll_id, position)
);
CREATE INDEX poll_clerks_account ON poll_clerks (account_id);

-- The trustees whom a manifest names, from 1.
CREATE TABLE poll_trustees (
  poll_id BLOB NOT NULL CONSTRAINT poll_trustees_poll_fkey REFERENCES polls (id) DEFERRABLE,
  position BIGINT NOT NULL,
  account_id BLOB NOT NULL,
  CONSTRAINT poll_trustees_pkey PRIMARY KEY (poll_id, position)
);
CREATE UNIQUE INDEX poll_trustees_account ON poll_trustees (account_id, poll_id);

-- The end of a poll's board: the lock of whoever appends, and the counts that pages show.
CREATE TABLE poll_heads (
  poll_id BLOB NOT NULL CONSTRAINT poll_heads_pkey PRIMARY KEY CONSTRAINT poll_heads_poll_fkey REFERENCES polls (id) DEFERRABLE,
  size BIGINT NOT NULL,
  root BLOB NOT NULL,
  -- Roots of the complete subtrees, largest first.
  frontier BLOB NOT NULL,
  checkpoint TEXT NOT NULL,
  -- Credentials and ballots are taken.
  taking BOOLEAN NOT NULL,
  closes_at BIGINT NOT NULL,
  joint_key BLOB,
  roll_hash BLOB,
  slots BIGINT NOT NULL,
  voted BIGINT NOT NULL,
  ballots BIGINT NOT NULL,
  challenged BIGINT NOT NULL
);

-- Signed heads that were kept: one whenever a hash tile became full, and one at each station of the poll.
CREATE TABLE poll_checkpoints (
  poll_id BLOB NOT NULL CONSTRAINT poll_checkpoints_poll_fkey REFERENCES polls (id) DEFERRABLE,
  size BIGINT NOT NULL,
  checkpoint TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT poll_checkpoints_pkey PRIMARY KEY (poll_id, size)
);

-- What happened to a poll: types::polls::TimelineKind, and the board entry that shows it.
CREATE TABLE poll_events (
  poll_id BLOB NOT NULL CONSTRAINT poll_events_poll_fkey REFERENCES polls (id) DEFERRABLE,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  leaf BIGINT,
  CONSTRAINT poll_events_pkey PRIMARY KEY (poll_id, kind)
);

CREATE TABLE poll_entries (
  poll_id BLOB NOT NULL CONSTRAINT poll_entries_poll_fkey REFERENCES polls (id) DEFERRABLE,
  leaf BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  bytes BLOB NOT NULL,
  leaf_hash BLOB NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT poll_entries_pkey PRIMARY KEY (poll_id, leaf)
);
-- All that no voter posted: kinds 0x0b to 0x0e are voters'.
CREATE INDEX poll_entries_course ON poll_entries (poll_id, leaf) WHERE kind < 11 OR kind > 14;

-- Up to 256 hashes of a level of the tree (C2SP tlog-tiles); the last one of each level is the tree's right edge.
CREATE TABLE poll_tiles (
  poll_id BLOB NOT NULL CONSTRAINT poll_tiles_poll_fkey REFERENCES polls (id) DEFERRABLE,
  level BIGINT NOT NULL,
  position BIGINT NOT NULL,
  hashes BLOB NOT NULL,
  CONSTRAINT poll_tiles_pkey PRIMARY KEY (poll_id, level, position)
);

-- The frozen roll, and how far each slot has come.
CREATE TABLE poll_slots (
  poll_id BLOB NOT NULL CONSTRAINT poll_slots_poll_fkey REFERENCES polls (id) DEFERRABLE,
  slot BIGINT NOT NULL,
  person_id BLOB NOT NULL,
  -- Only where one slot stands for a household.
  household_id BLOB,
  salt BLOB NOT NULL,
  -- The text under the commitment.
  person TEXT NOT NULL,
  commitment BLOB NOT NULL,
  leaf BIGINT NOT NULL,
  -- 0 before there is a credential.
  generation BIGINT NOT NULL DEFAULT 0,
  credential BLOB,
  credential_leaf BIGINT,
  -- The last ballot.
  number BIGINT NOT NULL DEFAULT 0,
  last_hash BLOB,
  last_at BIGINT,
  CONSTRAINT poll_slots_pkey PRIMARY KEY (poll_id, slot)
);
-- One person, one slot; one household, one slot.
CREATE UNIQUE INDEX poll_slots_person ON poll_slots (person_id, poll_id);
CREATE UNIQUE INDEX poll_slots_household ON poll_slots (household_id, poll_id);

-- Every key that was ever a credential of the poll.
CREATE TABLE poll_credentials (
  poll_id BLOB NOT NULL CONSTRAINT poll_credentials_poll_fkey REFERENCES polls (id) DEFERRABLE,
  public_key BLOB NOT NULL,
  slot BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  leaf BIGINT NOT NULL,
  CONSTRAINT poll_credentials_pkey PRIMARY KEY (poll_id, public_key)
);
CREATE UNIQUE INDEX poll_credentials_generation ON poll_credentials (poll_id, slot, generation);

-- A new device that asks a clerk for a credential; gone when it has it.
CREATE TABLE poll_reissues (
  poll_id BLOB NOT NULL CONSTRAINT poll_reissues_poll_fkey REFERENCES polls (id) DEFERRABLE,
  slot BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  public_key BLOB NOT NULL,
  possession BLOB NOT NULL,
  asked_at BIGINT NOT NULL,
  CONSTRAINT poll_reissues_pkey PRIMARY KEY (poll_id, slot)
);

-- Ballots by slot and by hash; the bytes are in poll_entries.
CREATE TABLE poll_ballots (
  poll_id BLOB NOT NULL CONSTRAINT poll_ballots_poll_fkey REFERENCES polls (id) DEFERRABLE,
  leaf BIGINT NOT NULL,
  hash BLOB NOT NULL,
  slot BIGINT NOT NULL,
  number BIGINT NOT NULL,
  challenged BOOLEAN NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT poll_ballots_pkey PRIMARY KEY (poll_id, leaf)
);
CREATE UNIQUE INDEX poll_ballots_hash ON poll_ballots (poll_id, hash);
-- A slot has one ballot of each number; opened (challenged) ones do not count.
CREATE UNIQUE INDEX poll_ballots_number ON poll_ballots (poll_id, slot, number) WHERE NOT challenged;

-- Every point of every ciphertext: a copied one is refused.
CREATE TABLE poll_points (
  poll_id BLOB NOT NULL CONSTRAINT poll_points_poll_fkey REFERENCES polls (id) DEFERRABLE,
  point BLOB NOT NULL,
  CONSTRAINT poll_points_pkey PRIMARY KEY (poll_id, point)
) WITHOUT ROWID;
