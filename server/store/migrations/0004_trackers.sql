CREATE TABLE `equipment` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source` text NOT NULL,
	`feeder` text NOT NULL,
	`lat` real NOT NULL,
	`lon` real NOT NULL
);
--> statement-breakpoint
CREATE INDEX `equipment_place` ON `equipment` (`lat`,`lon`);--> statement-breakpoint
CREATE INDEX `equipment_source` ON `equipment` (`source`);--> statement-breakpoint
CREATE TABLE `tracker` (
	`id` text PRIMARY KEY NOT NULL,
	`key_hash` text NOT NULL,
	`crew` text NOT NULL,
	`made_at` integer NOT NULL,
	`lat` real,
	`lon` real,
	`acc` real,
	`at` integer,
	`rcv` integer
);
--> statement-breakpoint
CREATE INDEX `tracker_crew` ON `tracker` (`crew`);--> statement-breakpoint
CREATE INDEX `tracker_key` ON `tracker` (`key_hash`);