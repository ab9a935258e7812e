-- A ballot has ten points and more, and for each row a foreign key asks the database once more. Points come with their
-- ballot, in one transaction; its own row says that the poll is there.
ALTER TABLE poll_points DROP CONSTRAINT poll_points_poll_fkey;

-- Ciphertexts and hashes do not get smaller.
ALTER TABLE poll_entries ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE poll_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;
