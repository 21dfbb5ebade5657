-- CreateEnum
CREATE TYPE "Platform" AS ENUM ('web', 'discord', 'slack', 'cli');

-- CreateEnum
CREATE TYPE "InteractionStatus" AS ENUM ('accepted', 'completed', 'failed');

-- CreateEnum
CREATE TYPE "ReplyKind" AS ENUM ('answer', 'abstention');

-- CreateEnum
CREATE TYPE "Verdict" AS ENUM ('helpful', 'unhelpful');

-- CreateTable
CREATE TABLE "Entity" (
    "id" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "aliases" TEXT[],
    "contentHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Entity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EntityName" (
    "entityId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "folded" TEXT NOT NULL,
    "written" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,

    CONSTRAINT "EntityName_pkey" PRIMARY KEY ("entityId","folded")
);

-- CreateTable
CREATE TABLE "EntityImage" (
    "id" TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "alt" TEXT NOT NULL,

    CONSTRAINT "EntityImage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Picture" (
    "sha256" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "Picture_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "Passage" (
    "id" TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "Passage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Conversation" (
    "tenant" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "imageSha256" TEXT,
    "entityId" TEXT,
    "turns" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("tenant","id")
);

-- CreateTable
CREATE TABLE "Interaction" (
    "id" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "asker" TEXT NOT NULL,
    "platform" "Platform" NOT NULL,
    "platformEventId" TEXT,
    "conversationId" TEXT NOT NULL,
    "turn" INTEGER NOT NULL,
    "earlierImageSha256" TEXT,
    "earlierEntityId" TEXT,
    "question" TEXT NOT NULL,
    "status" "InteractionStatus" NOT NULL DEFAULT 'accepted',
    "errorCode" TEXT,
    "acceptedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMP(3),
    "imageSha256" TEXT,
    "imagePosted" BOOLEAN NOT NULL DEFAULT false,
    "imagePerceptualHash" TEXT,
    "imageMediaType" TEXT,
    "imageWidth" INTEGER,
    "imageHeight" INTEGER,
    "kind" "ReplyKind",
    "text" TEXT,
    "abstentionReason" TEXT,
    "confidence" DOUBLE PRECISION,
    "notices" JSONB,
    "mapRows" INTEGER,
    "mapColumns" INTEGER,
    "mapScores" DOUBLE PRECISION[],
    "mapKept" INTEGER[],
    "queryTokensTotal" INTEGER,
    "queryTokensKept" INTEGER,
    "retrievedTokensTotal" INTEGER,
    "retrievedTokensKept" INTEGER,
    "encoderModel" TEXT,
    "answerModel" TEXT,
    "criticModel" TEXT,
    "knowledgeVersion" TEXT,
    "decodeMs" DOUBLE PRECISION,
    "encodeMs" DOUBLE PRECISION,
    "entitiesMs" DOUBLE PRECISION,
    "passagesMs" DOUBLE PRECISION,
    "criticMs" DOUBLE PRECISION,
    "refineMs" DOUBLE PRECISION,
    "generateMs" DOUBLE PRECISION,
    "totalMs" DOUBLE PRECISION,

    CONSTRAINT "Interaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KnowledgeSnapshot" (
    "id" TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "entityUrl" TEXT NOT NULL,
    "aliases" TEXT[],
    "passageId" TEXT NOT NULL,
    "section" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "passageUrl" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "KnowledgeSnapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Candidate" (
    "interactionId" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "snapshotId" TEXT NOT NULL,
    "entityImageId" TEXT,
    "entityImageSha256" TEXT,
    "entityImageMediaType" TEXT,
    "entityImageAlt" TEXT,
    "imageScore" DOUBLE PRECISION,
    "marginScore" DOUBLE PRECISION,
    "imageRank" INTEGER,
    "textScore" DOUBLE PRECISION,
    "lexicalScore" DOUBLE PRECISION,
    "fusedScore" DOUBLE PRECISION NOT NULL,
    "patchScore" DOUBLE PRECISION,
    "recovered" BOOLEAN NOT NULL,
    "relevance" DOUBLE PRECISION NOT NULL,
    "shown" BOOLEAN NOT NULL,
    "label" INTEGER,
    "cited" BOOLEAN NOT NULL,
    "keptPatches" INTEGER[],

    CONSTRAINT "Candidate_pkey" PRIMARY KEY ("interactionId","rank")
);

-- CreateTable
CREATE TABLE "Citation" (
    "interactionId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "label" INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,

    CONSTRAINT "Citation_pkey" PRIMARY KEY ("interactionId","position")
);

-- CreateTable
CREATE TABLE "KeptImage" (
    "tenant" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "KeptImage_pkey" PRIMARY KEY ("tenant","sha256")
);

-- CreateTable
CREATE TABLE "Feedback" (
    "id" TEXT NOT NULL,
    "interactionId" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "rater" TEXT NOT NULL,
    "isAsker" BOOLEAN NOT NULL,
    "verdict" "Verdict" NOT NULL,
    "reason" TEXT,
    "correctEntityId" TEXT,
    "correctedAnswer" TEXT,
    "comment" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "supersededAt" TIMESTAMP(3),

    CONSTRAINT "Feedback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EvidenceVote" (
    "feedbackId" TEXT NOT NULL,
    "label" INTEGER NOT NULL,
    "relevant" BOOLEAN NOT NULL,

    CONSTRAINT "EvidenceVote_pkey" PRIMARY KEY ("feedbackId","label")
);

-- CreateTable
CREATE TABLE "TenantPolicy" (
    "tenant" TEXT NOT NULL,
    "trainingAllowed" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "TenantPolicy_pkey" PRIMARY KEY ("tenant")
);

-- CreateTable
CREATE TABLE "PersonConsent" (
    "tenant" TEXT NOT NULL,
    "pseudonym" TEXT NOT NULL,
    "trainingAllowed" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PersonConsent_pkey" PRIMARY KEY ("tenant","pseudonym")
);

-- CreateIndex
CREATE INDEX "Entity_tenant_idx" ON "Entity"("tenant");

-- CreateIndex
CREATE INDEX "Entity_updatedAt_idx" ON "Entity"("updatedAt");

-- CreateIndex
CREATE INDEX "EntityName_folded_idx" ON "EntityName" USING SPGIST ("folded");

-- CreateIndex
CREATE INDEX "EntityImage_entityId_position_idx" ON "EntityImage"("entityId", "position");

-- CreateIndex
CREATE INDEX "EntityImage_sha256_idx" ON "EntityImage"("sha256");

-- CreateIndex
CREATE INDEX "Passage_entityId_idx" ON "Passage"("entityId");

-- CreateIndex
CREATE INDEX "Conversation_tenant_imageSha256_idx" ON "Conversation"("tenant", "imageSha256");

-- CreateIndex
CREATE INDEX "Interaction_tenant_asker_idx" ON "Interaction"("tenant", "asker");

-- CreateIndex
CREATE INDEX "Interaction_tenant_conversationId_idx" ON "Interaction"("tenant", "conversationId");

-- CreateIndex
CREATE INDEX "Interaction_tenant_imageSha256_idx" ON "Interaction"("tenant", "imageSha256");

-- CreateIndex
CREATE INDEX "Interaction_acceptedAt_idx" ON "Interaction"("acceptedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Interaction_tenant_platform_platformEventId_key" ON "Interaction"("tenant", "platform", "platformEventId");

-- CreateIndex
CREATE INDEX "KnowledgeSnapshot_entityId_idx" ON "KnowledgeSnapshot"("entityId");

-- CreateIndex
CREATE INDEX "Candidate_snapshotId_idx" ON "Candidate"("snapshotId");

-- CreateIndex
CREATE UNIQUE INDEX "Candidate_interactionId_label_key" ON "Candidate"("interactionId", "label");

-- CreateIndex
CREATE INDEX "Feedback_interactionId_rater_idx" ON "Feedback"("interactionId", "rater");

-- CreateIndex
CREATE INDEX "Feedback_tenant_rater_idx" ON "Feedback"("tenant", "rater");

-- AddForeignKey
ALTER TABLE "EntityName" ADD CONSTRAINT "EntityName_entityId_fkey" FOREIGN KEY ("entityId") REFERENCES "Entity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EntityImage" ADD CONSTRAINT "EntityImage_entityId_fkey" FOREIGN KEY ("entityId") REFERENCES "Entity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EntityImage" ADD CONSTRAINT "EntityImage_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "Picture"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passage" ADD CONSTRAINT "Passage_entityId_fkey" FOREIGN KEY ("entityId") REFERENCES "Entity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Candidate" ADD CONSTRAINT "Candidate_interactionId_fkey" FOREIGN KEY ("interactionId") REFERENCES "Interaction"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Candidate" ADD CONSTRAINT "Candidate_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "KnowledgeSnapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_interactionId_fkey" FOREIGN KEY ("interactionId") REFERENCES "Interaction"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_interactionId_fkey" FOREIGN KEY ("interactionId") REFERENCES "Interaction"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvidenceVote" ADD CONSTRAINT "EvidenceVote_feedbackId_fkey" FOREIGN KEY ("feedbackId") REFERENCES "Feedback"("id") ON DELETE CASCADE ON UPDATE CASCADE;
