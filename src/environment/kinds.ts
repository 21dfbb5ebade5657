/** Kinds of values that variables have. */
import { z } from "zod";

export const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });

/** A key in the address would end up in messages and logs: keys belong into a variable of their own, which is never shown. */
export const isPlainHttpUrl = (text: string) => {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === "" && password === "";
};

export const secret = z
  .string()
  .min(16, "must have at least 16 characters")
  .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without blanks");
