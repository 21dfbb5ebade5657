import { createKnowledgeStore } from "../../src/adapters/prisma/knowledge-store.ts";
import { describeOnEachDatabase } from "../support/databases.ts";
import { knowledgeStoreContract } from "./knowledge-store.contract.ts";

describeOnEachDatabase("knowledge store", (openDatabase) => {
  knowledgeStoreContract(async () => {
    const { client } = await openDatabase();
    return {
      store: createKnowledgeStore(client),
      async clear() {
        await client.entity.deleteMany();
        await client.picture.deleteMany();
      },
    };
  });
});
