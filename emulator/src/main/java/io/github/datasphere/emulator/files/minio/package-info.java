/** Keeps files in a bucket of MinIO or another S3 server; clients put and get them there. */
@NullMarked
package io.github.datasphere.emulator.files.minio;

import org.jspecify.annotations.NullMarked;
