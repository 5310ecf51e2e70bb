// What does a digitally signed paper look like? The certificates are invented, and the signature itself is no signature: it is read, not validated.
import { createHash } from 'node:crypto'
import { makePaper } from '../app/papers/made/papers.server.ts'
import { signPaper } from '../app/papers/signed/signed.server.ts'
import type { Cast } from './cast.ts'
import { type Part, zip } from './zip.ts'

/** Self-made for this test: Mari Näidis-Kask, 47101010033. Its key was thrown away. */
export const certificate =
  'MIICQjCCAemgAwIBAgIUYZoOxt9LFaBWDEtvC1lDliHNYTEwCgYIKoZIzj0EAwIwdzELMAkGA1UEBhMCRUUxJjAkBgNVBAMMHU7DhElESVMtS0FTSyxNQVJJLDQ3MTAxMDEwMDMzMRUwEwYDVQQEDAxOw4RJRElTLUtBU0sxDTALBgNVBCoMBE1BUkkxGjAYBgNVBAUTEVBOT0VFLTQ3MTAxMDEwMDMzMB4XDTI2MTEyNjIyMTEyNVoXDTM2MTEyMzIyMTEyNVowdzELMAkGA1UEBhMCRUUxJjAkBgNVBAMMHU7DhElESVMtS0FTSyxNQVJJLDQ3MTAxMDEwMDMzMRUwEwYDVQQEDAxOw4RJRElTLUtBU0sxDTALBgNVBCoMBE1BUkkxGjAYBgNVBAUTEVBOT0VFLTQ3MTAxMDEwMDMzMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEdBf6CUG+VAazvQeD7yRWwNVPlo54/j/hmDkhAL3OkHwBZmQ5grWWtXk0bDg2JMDPTD1GyW+RZwo7OpMHUUN5R6NTMFEwHQYDVR0OBBYEFBKk8V/kKmDntziFhe5KTBDgjfaGMB8GA1UdIwQYMBaAFBKk8V/kKmDntziFhe5KTBDgjfaGMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgOmnWlQdAA9jos21V9gljoBISdX6D5aRjXynNWLdL+4wCIFJV2zJZ9qgi1Af4f5hnn0SDrex6gpoXxRyrz0LcC5w4'
export const signerCode = '47101010033'

type Signed = { file?: string; content?: string; claimed?: string; key?: string }
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')

/** One signature as the state's tools write it, shortened. */
export function signatureXml({
  file = 'leping.pdf',
  content = 'sisu',
  claimed = '2026-11-20T09:30:00Z',
  key = certificate,
}: Signed = {}) {
  return `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<asic:XAdESSignatures xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xades="http://uri.etsi.org/01903/v1.3.2#">
<ds:Signature Id="S0"><ds:SignedInfo>
<ds:Reference Id="r0" URI="${file.replaceAll(' ', '%20')}"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>${sha256(content)}</ds:DigestValue></ds:Reference>
<ds:Reference Id="r1" Type="http://uri.etsi.org/01903#SignedProperties" URI="#P"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>
</ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue>
<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${key}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
<ds:Object><xades:QualifyingProperties><xades:SignedProperties Id="P"><xades:SignedSignatureProperties><xades:SigningTime>${claimed}</xades:SigningTime></xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties></ds:Object>
</ds:Signature></asic:XAdESSignatures>`
}

export const mimetype: Part = { name: 'mimetype', data: 'application/vnd.etsi.asic-e+zip' }

/** A container of one file and these signatures. */
export function container(
  xml: string[] = [signatureXml()],
  files: Part[] = [{ name: 'leping.pdf', data: 'sisu' }],
  more: Part[] = [],
) {
  const signatures = xml.map((data, at) => ({ name: `META-INF/signatures${at}.xml`, data }))
  return zip([mimetype, ...files, ...signatures, ...more])
}

export const pdf = (inside = '') => Buffer.from(`%PDF-1.7\n1 0 obj\n<< ${inside} >>\nendobj\ntrailer\n%%EOF\n`)

/** As a form sends it. */
export const sent = (bytes: Buffer, name = 'leping.asice') => new File([new Uint8Array(bytes)], name)

/** A pledge of Lou, with a copy whose file is called so. */
export async function givenSignedPaper(cast: Cast, file: string): Promise<string> {
  const { paper } = await makePaper.run(cast.kim, { id: cast.volunteer, template: 'pledge', locale: 'et' })
  const copy = container([signatureXml({ file })], [{ name: file, data: 'sisu' }])
  await signPaper.run(cast.kim, { paper, file: sent(copy) })
  return paper
}
