-- A ballot has ten points and more, and for each row a foreign key asks the database once more. Points come with their
-- ballot, in one transaction; its own row says that the poll is there.
CREATE TABLE poll_points_new (
  poll_id BLOB NOT NULL,
  point BLOB NOT NULL,
  CONSTRAINT poll_points_pkey PRIMARY KEY (poll_id, point)
) WITHOUT ROWID;
INSERT INTO poll_points_new SELECT poll_id, point FROM poll_points;
DROP TABLE poll_points;
ALTER TABLE poll_points_new RENAME TO poll_points;
