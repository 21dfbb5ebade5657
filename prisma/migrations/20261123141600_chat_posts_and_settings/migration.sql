-- CreateTable
CREATE TABLE "ChatPost" (
    "interactionId" TEXT NOT NULL,
    "platform" "Platform" NOT NULL,
    "eventId" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "questionMessage" TEXT,
    "answerMessage" TEXT,
    "conversationId" TEXT,
    "openedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "ChatPost_pkey" PRIMARY KEY ("interactionId")
);

-- CreateTable
CREATE TABLE "ChatSettings" (
    "tenant" TEXT NOT NULL,
    "channels" TEXT[],
    "roles" TEXT[],
    "privateAnswers" BOOLEAN NOT NULL,
    "threads" BOOLEAN NOT NULL,
    "questionsPerHour" INTEGER NOT NULL,
    "language" TEXT,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ChatSettings_pkey" PRIMARY KEY ("tenant")
);

-- CreateIndex
CREATE INDEX "ChatPost_platform_answerMessage_idx" ON "ChatPost"("platform", "answerMessage");

-- CreateIndex
CREATE INDEX "ChatPost_platform_channel_idx" ON "ChatPost"("platform", "channel");

-- CreateIndex
CREATE INDEX "ChatPost_platform_closedAt_idx" ON "ChatPost"("platform", "closedAt");

-- CreateIndex
CREATE UNIQUE INDEX "ChatPost_platform_eventId_key" ON "ChatPost"("platform", "eventId");
