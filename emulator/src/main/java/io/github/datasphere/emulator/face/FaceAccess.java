package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.tokens.Access;
import io.github.datasphere.emulator.tokens.TokenService;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may use the face: programs by a token, browsers by a cookie, which they get for a
 * code that is good once. With the same key, token and cookies stay good after a restart. Safe for
 * several threads.
 */
public final class FaceAccess {
  /** Further codes replace the oldest unused ones. */
  private static final int MOST_CODES = 16;

  /** The path that takes a code. */
  static final String LOGIN = "/login";

  private static final int CODE_BYTES = 16;
  private static final String COOKIE_PREFIX = "datasphere-emulator-";
  private static final Pattern BASIC = Pattern.compile("(?i:basic) +(\\S+) *");
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S+) *");

  private final String token;
  private final String cookieName;
  private final String cookieValue;
  private final Supplier<TokenService> tokens;
  private final SecureRandom random = new SecureRandom();
  private final Deque<String> codes = new ArrayDeque<>();

  /**
   * Makes the access of one emulator.
   *
   * @param key unguessable, at least 32 bytes
   * @param tokens the tokens that the configuration lists; those for all projects are good here
   */
  public FaceAccess(byte[] key, Supplier<TokenService> tokens) {
    this.token = derived(key, "token");
    this.cookieValue = derived(key, "cookie");
    // Browsers send cookies to every port of a host: each emulator needs a name of its own
    this.cookieName = COOKIE_PREFIX + derived(key, "name").substring(0, 8);
    this.tokens = tokens;
  }

  /** Returns the token that programs send as {@code Authorization: Bearer}. */
  public String token() {
    return token;
  }

  /** Returns a new code that lets one browser in. */
  public synchronized String newCode() {
    var bytes = new byte[CODE_BYTES];
    random.nextBytes(bytes);
    var code = HexFormat.of().formatHex(bytes);
    codes.addLast(code);
    if (codes.size() > MOST_CODES) {
      codes.removeFirst();
    }
    return code;
  }

  /** Returns the path of a page that lets one browser in. */
  public String newLink() {
    return LOGIN + "?code=" + newCode();
  }

  /** Takes a code; returns the cookie to set, or nothing if the code was used or never given. */
  synchronized Optional<String> redeem(String code) {
    return codes.removeIf(known -> isSame(known, code))
        ? Optional.of(
            cookieName + "=" + cookieValue + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000")
        : Optional.empty();
  }

  /** Whether the request comes of a browser that was let in. */
  boolean hasCookie(HttpExchange exchange) {
    return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
        .flatMap(header -> Pattern.compile("; *").splitAsStream(header))
        .anyMatch(cookie -> isSame(cookieName + "=" + cookieValue, cookie.strip()));
  }

  /** Whether the request carries a token that is good for all. */
  boolean hasToken(HttpExchange exchange) {
    var given = bearer(exchange.getRequestHeaders().getFirst("Authorization"));
    if (given == null) {
      return false;
    }
    return isSame(token, given)
        || (tokens.get().isLimited()
            && tokens.get().authorizeAll("Bearer " + given) instanceof Access.Granted);
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    var header = authorization == null ? "" : authorization;
    var bearer = BEARER.matcher(header);
    if (bearer.matches()) {
      return bearer.group(1);
    }
    var basic = BASIC.matcher(header);
    return basic.matches() ? password(basic.group(1)) : null;
  }

  /** Returns the password of {@code name:password}; the name does not matter. */
  private static String password(String base64) {
    try {
      var text = new String(Base64.getDecoder().decode(base64), UTF_8);
      return text.substring(text.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static boolean isSame(String known, String given) {
    return MessageDigest.isEqual(known.getBytes(UTF_8), given.getBytes(UTF_8));
  }

  private static String derived(byte[] key, String purpose) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(UTF_8)), 0, 24);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks HmacSHA256", e);
    }
  }
}
