-- CreateTable
CREATE TABLE "Installation" (
    "platform" "Platform" NOT NULL,
    "id" TEXT NOT NULL,
    "sealed" TEXT,
    "tenants" TEXT[],
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("platform","id")
);
