-- The groups that an open task is offered to stand in its row, with blanks between.

ALTER TABLE task ADD COLUMN offered_to TEXT NOT NULL DEFAULT '';
UPDATE task SET offered_to = coalesce((SELECT group_concat(name, ' ') FROM task_group WHERE task = task.id), '');
DROP TABLE task_group;
