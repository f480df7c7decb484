-- Messages whose answer is waited for (1), and when they are handed over again: seconds since 1970; NULL: not any more.

ALTER TABLE outbox ADD COLUMN awaited BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN repeat_at BIGINT;
CREATE INDEX outbox_awaited ON outbox (position) WHERE awaited = 1;
CREATE INDEX outbox_repeated ON outbox (repeat_at) WHERE repeat_at IS NOT NULL;
