/** HTTP form → Lesson. */
import type { Context } from "hono";
import { z } from "zod";
import { type Lesson, PUBLIC_TENANT } from "../../src/domain/knowledge.ts";
import { RoraError } from "../../src/errors.ts";
import { readForm } from "./form.ts";
import { cleanText, imageTooLarge } from "./receive.ts";

const text = (most: number) => z.string().transform(cleanText).pipe(z.string().min(1).max(most));

const lessonSchema = z.object({
  title: text(200),
  description: z.union([z.literal("").transform(() => undefined), text(500)]).optional(),
  url: z.union([z.literal(""), z.url({ protocol: /^https?$/ }).max(2000)]).default(""),
  alias: z.array(text(200)).max(50),
  passage: z.array(text(2000)).min(1).max(50),
  section: z.array(text(100)),
  image: z.array(z.instanceof(File)).max(8),
});

/** Throws RoraError `bad-request` that names the field, or `image-too-large`. */
export async function readLesson(c: Context, imageBytes: number): Promise<Lesson> {
  const form = await readForm(c);
  const all = (name: string) => form.getAll(name).filter((value) => value !== "");
  const parsed = lessonSchema.safeParse({
    ...Object.fromEntries(["title", "description", "url"].map((name) => [name, form.get(name) ?? undefined])),
    ...Object.fromEntries(["alias", "passage", "section", "image"].map((name) => [name, all(name)])),
  });
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new RoraError("bad-request", `The field ${path.join(" ")} is wrong: ${message}.`);
  }
  const { title, description, url, alias, passage, section, image } = parsed.data;
  if (section.length > 0 && section.length !== passage.length) {
    throw new RoraError("bad-request", "Send a section for every passage, or none at all.");
  }
  if (image.some((file) => file.size > imageBytes)) throw imageTooLarge(imageBytes);
  return {
    tenant: PUBLIC_TENANT,
    title,
    description: description ?? "",
    url,
    aliases: alias,
    passages: passage.map((words, number) => ({ section: section[number] ?? "About", text: words })),
    images: await Promise.all(
      image.map(async (file) => ({ bytes: new Uint8Array(await file.arrayBuffer()) })),
    ),
    source: "taught by an administrator",
  };
}
