import { readFileSync } from 'node:fs';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

/*
 * HTML of the Markdown on standard input: CommonMark with the extensions of GitHub, and the sanitizer whose default
 * list is that of GitHub. The packages are ES modules, which Jest does not load, so the tests run this file.
 */
const page = await unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)
  .use(rehypeSanitize)
  .use(rehypeStringify)
  .process(readFileSync(0, 'utf8'));
process.stdout.write(String(page));
