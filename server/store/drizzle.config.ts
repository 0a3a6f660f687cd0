import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --config server/store/drizzle.config.ts` writes the next migration. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './server/store/schema*.ts',
  out: './server/store/migrations',
});
