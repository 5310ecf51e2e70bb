// How is a picture drawn anew, so that nothing is left of the file it came in – where and when it was taken, by which camera, its thumbnails?
import sharp from 'sharp'

/** The most points that a picture may have; a phone of today makes 12 million, some 50. */
const mostPoints = 60_000_000
/** As wide as small print needs; a long receipt may be four times as high. */
const widest = 2400

// Three kinds, and each from memory only: whatever opens files or reads any other kind is switched off.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
})
sharp.cache(false)
sharp.concurrency(1)

/** A JPEG of our own, the right way up and on white; `null` where this is no whole picture of the three kinds. */
export async function draw(bytes: Buffer): Promise<Buffer | null> {
  try {
    // What a decoder only wonders at is let through: phones write such files, and all that is taken over are points.
    return await sharp(bytes, { failOn: 'error', limitInputPixels: mostPoints, autoOrient: true })
      .resize({ width: widest, height: 4 * widest, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg({ quality: 85 })
      .toBuffer()
  } catch {
    return null
  }
}
