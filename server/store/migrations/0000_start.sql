CREATE TABLE `enrol_code` (
	`code_hash` text PRIMARY KEY NOT NULL,
	`crew` text NOT NULL,
	`person` text NOT NULL,
	`ends_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE TABLE `login` (
	`person` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`password` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `login_name_unique` ON `login` (`name`);--> statement-breakpoint
CREATE TABLE `session` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`device` text NOT NULL,
	`person` text NOT NULL,
	`form` text NOT NULL,
	`made_at` integer NOT NULL,
	`used_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `session_by_device` ON `session` (`device`);--> statement-breakpoint
CREATE TABLE `contact` (
	`writer` text PRIMARY KEY NOT NULL,
	`heard` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `crew` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`unit` text NOT NULL,
	`q` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `crew_unit` ON `crew` (`unit`);--> statement-breakpoint
CREATE TABLE `device` (
	`id` text PRIMARY KEY NOT NULL,
	`form` text NOT NULL,
	`unit` text,
	`person` text,
	`enrolled_at` integer NOT NULL,
	`blocked` integer NOT NULL,
	`q` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `device_crew` (
	`id` integer PRIMARY KEY NOT NULL,
	`device` text NOT NULL,
	`crew` text NOT NULL,
	`from_q` integer NOT NULL,
	`from_at` integer NOT NULL,
	`to_q` integer,
	`to_by` text
);
--> statement-breakpoint
CREATE INDEX `device_crew_device` ON `device_crew` (`device`);--> statement-breakpoint
CREATE INDEX `device_crew_crew` ON `device_crew` (`crew`);--> statement-breakpoint
CREATE TABLE `due` (
	`order` text PRIMARY KEY NOT NULL,
	`at` integer,
	`waits` integer
);
--> statement-breakpoint
CREATE INDEX `due_at` ON `due` (`at`);--> statement-breakpoint
CREATE TABLE `event` (
	`q` integer PRIMARY KEY NOT NULL,
	`writer` text NOT NULL,
	`n` integer NOT NULL,
	`subject` text NOT NULL,
	`kind` text NOT NULL,
	`v` integer NOT NULL,
	`by` text,
	`body` text NOT NULL,
	`hash` text NOT NULL,
	`chain` text NOT NULL,
	`rcv` integer NOT NULL,
	`lo` integer NOT NULL,
	`hi` integer NOT NULL,
	`est` integer NOT NULL,
	`e` real NOT NULL,
	`grade` text NOT NULL,
	`given` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_id` ON `event` (`writer`,`n`);--> statement-breakpoint
CREATE INDEX `event_subject` ON `event` (`subject`,`q`);--> statement-breakpoint
CREATE TABLE `head` (
	`id` integer PRIMARY KEY NOT NULL,
	`q` integer NOT NULL,
	`chain` text NOT NULL,
	`epoch` text NOT NULL,
	`safe` integer,
	`rcv` integer NOT NULL,
	`process` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `order_row` (
	`order` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`stage` text NOT NULL,
	`unit` text,
	`crew` text,
	`area` text,
	`reported_at` integer,
	`archived` integer NOT NULL,
	`history` integer NOT NULL,
	`source_system` text,
	`source_key` text,
	`search` text NOT NULL,
	`last_q` integer NOT NULL,
	`broken` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `order_source` ON `order_row` (`source_system`,`source_key`);--> statement-breakpoint
CREATE INDEX `order_reported` ON `order_row` (`reported_at`,`order`);--> statement-breakpoint
CREATE INDEX `order_unit` ON `order_row` (`unit`,`reported_at`,`order`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`unit` text NOT NULL,
	`role` text NOT NULL,
	`q` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `position` (
	`device` text PRIMARY KEY NOT NULL,
	`lat` real NOT NULL,
	`lon` real NOT NULL,
	`acc` real,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `quarantine` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`device` text NOT NULL,
	`writer` text,
	`n` integer NOT NULL,
	`code` text NOT NULL,
	`raw` text NOT NULL,
	`raw_hash` text NOT NULL,
	`rcv` integer NOT NULL,
	`released_q` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `quarantine_raw` ON `quarantine` (`device`,`raw_hash`);--> statement-breakpoint
CREATE INDEX `quarantine_writer` ON `quarantine` (`writer`,`n`);--> statement-breakpoint
CREATE TABLE `raised` (
	`order` text NOT NULL,
	`rule` text NOT NULL,
	`level` text NOT NULL,
	`epoch` integer NOT NULL,
	`alert` text NOT NULL,
	PRIMARY KEY(`order`, `rule`, `level`, `epoch`)
);
--> statement-breakpoint
CREATE TABLE `scope` (
	`id` integer PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`holder` text NOT NULL,
	`from_q` integer NOT NULL,
	`to_q` integer,
	`changed_q` integer NOT NULL,
	`archived_q` integer,
	`why` text,
	`to_crew` text,
	`by` text,
	`reason` text
);
--> statement-breakpoint
CREATE INDEX `scope_changed` ON `scope` (`holder`,`archived_q`,`changed_q`);--> statement-breakpoint
CREATE INDEX `scope_ended` ON `scope` (`holder`,`archived_q`,`to_q`);--> statement-breakpoint
CREATE INDEX `scope_subject` ON `scope` (`subject`);--> statement-breakpoint
CREATE TABLE `unit` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`level` text NOT NULL,
	`parent` text,
	`q` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `unit_parent` ON `unit` (`parent`);--> statement-breakpoint
CREATE TABLE `writer` (
	`writer` text PRIMARY KEY NOT NULL,
	`device` text NOT NULL,
	`last_n` integer NOT NULL,
	`through` integer NOT NULL,
	`forked_n` integer
);
--> statement-breakpoint
CREATE INDEX `writer_device` ON `writer` (`device`);