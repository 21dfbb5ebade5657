/** Read by Prisma's own command line only (`npx prisma migrate deploy`); Rora itself never loads it. */
import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "prisma/schema.prisma",
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
