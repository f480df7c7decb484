-- A task that nobody has is found by its due date alone.

DROP INDEX task_by_assignee;
CREATE INDEX task_by_assignee ON task (assignee, due) WHERE status = 'open' AND assignee IS NOT NULL;
