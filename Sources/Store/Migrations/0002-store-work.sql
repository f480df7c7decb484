-- What a worker has taken on, and which messages have left. Seconds since 1970; 0: nobody has it.

ALTER TABLE timer ADD COLUMN leased_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN leased_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN delivered_at TEXT;
CREATE INDEX outbox_waiting ON outbox (position) WHERE delivered_at IS NULL;
