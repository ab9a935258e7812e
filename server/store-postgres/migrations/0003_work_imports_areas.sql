-- Work on polls is claimed before any other, however much of that waits.
CREATE INDEX jobs_due_polls ON jobs (run_at) WHERE done_at IS NULL AND kind = 'poll';

-- Columns that an imported file lacks: what the roll says there stays.
ALTER TABLE imports ADD COLUMN keeps_gender BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE imports ADD COLUMN keeps_representative BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE imports ADD COLUMN keeps_note BOOLEAN NOT NULL DEFAULT FALSE;

-- Areas at the top of the tree have no parent, which areas_name takes for a different one each time.
CREATE UNIQUE INDEX areas_top_name ON areas (name_key) WHERE parent_id IS NULL;
