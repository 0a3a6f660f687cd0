CREATE TABLE `redaction` (
	`hash` text PRIMARY KEY NOT NULL,
	`event` text NOT NULL,
	`subject` text NOT NULL,
	`leaves` text NOT NULL,
	`reason` text NOT NULL,
	`by` text,
	`at` integer,
	`q` integer
);
--> statement-breakpoint
CREATE INDEX `redaction_q` ON `redaction` (`q`);