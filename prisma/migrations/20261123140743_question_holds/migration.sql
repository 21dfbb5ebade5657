-- AlterTable
ALTER TABLE "Interaction" ADD COLUMN     "heldUntil" TIMESTAMPTZ(3),
ADD COLUMN     "holder" TEXT;
