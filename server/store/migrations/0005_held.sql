CREATE TABLE `history` (
	`id` integer PRIMARY KEY NOT NULL,
	`epoch` text NOT NULL,
	`q` integer NOT NULL,
	`chain` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `head` ADD `gather_until` integer;--> statement-breakpoint
ALTER TABLE `quarantine` ADD `hash` text;--> statement-breakpoint
ALTER TABLE `quarantine` ADD `subject` text;--> statement-breakpoint
ALTER TABLE `quarantine` ADD `receipt` integer REFERENCES receipt(id);--> statement-breakpoint
ALTER TABLE `quarantine` ADD `lay_epoch` text;--> statement-breakpoint
ALTER TABLE `quarantine` ADD `lay_q` integer;--> statement-breakpoint
CREATE INDEX `quarantine_subject` ON `quarantine` (`subject`);--> statement-breakpoint
CREATE INDEX `quarantine_hash` ON `quarantine` (`hash`);