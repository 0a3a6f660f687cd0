CREATE TABLE `crew_past` (
	`id` integer PRIMARY KEY NOT NULL,
	`crew` text NOT NULL,
	`unit` text NOT NULL,
	`to_q` integer NOT NULL,
	`to_by` text
);
--> statement-breakpoint
CREATE INDEX `crew_past_crew` ON `crew_past` (`crew`);