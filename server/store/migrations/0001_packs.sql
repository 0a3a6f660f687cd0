CREATE TABLE `pack` (
	`id` text PRIMARY KEY NOT NULL,
	`from_at` integer NOT NULL,
	`pack` text NOT NULL,
	`q` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `device` ADD `lost` integer DEFAULT false NOT NULL;