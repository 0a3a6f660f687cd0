CREATE TABLE `receipt` (
	`id` integer PRIMARY KEY NOT NULL,
	`device` text NOT NULL,
	`received` integer NOT NULL,
	`reading` text NOT NULL,
	`chain` text
);
--> statement-breakpoint
ALTER TABLE `event` ADD `why` text;--> statement-breakpoint
ALTER TABLE `event` ADD `receipt` integer REFERENCES receipt(id);