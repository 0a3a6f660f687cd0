CREATE TABLE `customer` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`unit` text NOT NULL,
	`source` text NOT NULL,
	`account` text NOT NULL,
	`name` text,
	`phone` text,
	`address` text NOT NULL,
	`area` text,
	`customer_class` text,
	`lat` real,
	`lon` real,
	`transformer` text,
	`feeder` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `customer_account` ON `customer` (`unit`,`source`,`account`);--> statement-breakpoint
CREATE TABLE `customer_key` (
	`unit` text NOT NULL,
	`key` text NOT NULL,
	`customer` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `customer_key_found` ON `customer_key` (`unit`,`key`);--> statement-breakpoint
CREATE INDEX `customer_key_of` ON `customer_key` (`customer`);