// How does a page travel in fewer bytes, without its length telling a stranger what is in it?
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context } from 'hono'
import { encodingFor } from '../../ui/assets.server.ts'
import type { Env } from '../page.tsx'

// As well as can be done in about a millisecond, beside the main thread.
const ways = {
  br: (text: string) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (text: string) => promisify(gzip)(text, { level: 5 }),
}

/**
 * A page as it is sent. It is packed only for somebody who came by herself or from a page of ours: another site could put words of its choice
 * into an address, watch how long the answer is, and so guess what stands beside them (decision 24).
 */
export async function packed(c: Context<Env>, html: string, status: 200): Promise<Response> {
  c.header('vary', 'accept-encoding, sec-fetch-site')
  const encoding = encodingFor(c.req.header('accept-encoding'))
  if (!encoding || !['same-origin', 'none'].includes(c.req.header('sec-fetch-site') ?? '')) return c.html(html, status)
  const body = new Uint8Array(await ways[encoding](html))
  return c.body(body, status, { 'content-type': 'text/html; charset=UTF-8', 'content-encoding': encoding })
}
