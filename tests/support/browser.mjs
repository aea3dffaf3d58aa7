// Unpacks the npm package's Chromium, the libraries bare machines lack, and its fonts.
// Usage: node browser.mjs <folder that does not exist yet>
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import { extract } from "tar-fs";

const packed = fileURLToPath(new URL("../bin/", import.meta.resolve("@sparticuz/chromium")));
const [folder] = process.argv.slice(2);
await mkdir(folder, { recursive: true });

const unpack = (name, target) =>
  pipeline(createReadStream(join(packed, name)), createBrotliDecompress(), target);

const browser = join(folder, "chromium");
await Promise.all([
  unpack("chromium.br", createWriteStream(browser)),
  unpack("al2023.tar.br", extract(join(folder, "libraries"))),
  unpack("fonts.tar.br", extract(join(folder, "fonts"))),
]);
await chmod(browser, 0o755);
