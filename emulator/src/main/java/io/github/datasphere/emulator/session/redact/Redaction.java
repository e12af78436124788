package io.github.datasphere.emulator.session.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.Answering;
import io.github.datasphere.emulator.session.Event.Content;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.Faulted;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.Event.Ran;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.Event.Requested;
import io.github.datasphere.emulator.session.Event.Started;
import io.github.datasphere.emulator.session.Event.Warned;
import io.github.datasphere.emulator.session.Event.WentAway;
import io.github.datasphere.emulator.session.IdFields;
import io.github.datasphere.emulator.session.MessageTexts;
import io.github.datasphere.emulator.session.SessionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * Learns, from all events of a session, what must not be written. Then {@link #redactor} takes it
 * out. Not for several threads.
 */
public final class Redaction {
  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(token|secret|passw|credential|api_?key|private_?key|access_?key).*");
  private static final int LONGEST_TAIL = 64 << 10;
  private static final String OWN_HOSTS =
      "(.+\\.)?(yandex\\.net|yandexcloud\\.net)|localhost|127(\\.\\d+){3}|";

  private final Options options;
  private final MessageTexts texts;
  private final Substitutes substitutes;
  private final SecretShapes shapes;
  private final SecretFields fields;
  private final Map<String, String> tails = new HashMap<>();
  private final Learner learner = new Learner();

  public Redaction(Options options, Api api) {
    this.options = options;
    this.texts = new MessageTexts(api);
    this.substitutes = new Substitutes(options.random());
    this.shapes = new SecretShapes(options.patterns());
    this.fields = new SecretFields(this::secretField);
    options.secrets().forEach(secret -> substitutes.secret("secret", secret));
    options.names().forEach(substitutes::put);
  }

  /** Looks at one event. Every event of the session has to be seen before the first is written. */
  public void learn(Event event) {
    if (event instanceof Started started) {
      learnHost(started.host());
      learn(started.metadata());
    } else if (event instanceof Requested request) {
      learn(request.content(), request.call());
    } else if (event instanceof Replied reply) {
      learn(reply.content(), reply.call());
    } else if (event instanceof Answering answering) {
      learn(answering.metadata());
    } else if (event instanceof Ended ended) {
      learnText(ended.text());
      learn(ended.metadata());
    } else if (event instanceof Faulted fault) {
      learnText(fault.text());
      fault.steps().forEach(step -> learnText(step.text()));
    } else if (event instanceof WentAway away) {
      learnHost(away.host());
      learnText(away.text());
    } else if (event instanceof Moved moved) {
      learnUrl(moved.url());
    } else if (event instanceof Ran ran) {
      ran.command().forEach(this::learnText);
    } else if (event instanceof Warned warned) {
      learnText(warned.text());
    }
  }

  /** Returns what takes out all that has been learned. */
  public Redactor redactor() {
    return new Redactor(substitutes, texts);
  }

  private void learnHost(String host) {
    var name = host.replaceFirst(":\\d+$", "");
    if (!options.keepsIds() && !name.matches(OWN_HOSTS)) {
      substitutes.name(name, "host", "service-%d.example");
    }
  }

  private void learn(SortedMap<String, List<String>> metadata) {
    metadata.forEach((name, values) -> values.forEach(value -> {
      if (MetadataNames.isIdentity(name)) {
        learnId(value);
      } else if (MetadataNames.isOpen(name)) {
        learnText(value);
      } else if (!name.equals("grpc-status-details-bin")) {
        // The scheme, such as Bearer, is no part of the secret
        substitutes.secret(
            name.equals("authorization") ? "token" : "metadata",
            value.replaceFirst("(?i)^(bearer|basic|oauth) ", ""));
      }
    }));
  }

  private void learn(Content content, long call) {
    var message = content.message();
    if (message == null) {
      learner.opaque(content.bytes());
      return;
    }
    fields.masked(message);
    learner.call = call;
    texts.visit(message, learner);
  }

  private String secretField(String value) {
    if (FileUrl.isOne(value)) {
      return learnUrl(value);
    }
    return substitutes.secret("secret", value);
  }

  private String learnUrl(String url) {
    var written = FileUrl.learn(url, options.keepsIds(), substitutes);
    substitutes.put(url, written);
    return written;
  }

  private void learnId(String value) {
    if (!options.keepsIds()) {
      substitutes.id(value);
    }
  }

  private void learnText(String text) {
    shapes.find(text, (kind, value) -> {
      if (kind.equals(SecretShapes.OF_USER) && value.length() < Needles.SHORTEST) {
        throw new SessionException("--redact found a text of less than " + Needles.SHORTEST
            + " characters, which would be taken out of every word. Give a longer pattern.");
      }
      if (!kind.equals(SecretShapes.ACCOUNT)) {
        substitutes.secret(kind, value);
      } else if (!options.keepsIds()) {
        substitutes.name(value, "account", "account-%d@example.com");
      }
    });
  }

  /** Learns from each text of a message. */
  private final class Learner implements MessageTexts.Visitor {
    private long call;

    @Override
    public String text(FieldDescriptor field, String value, Message parent) {
      var name = field.getName();
      if (IdFields.isOne(field)) {
        learnId(value);
      } else if (isNameOfAccount(field) && !options.keepsIds() && !value.isEmpty()) {
        substitutes.name(value, "name", name + "-%d");
      } else if (field.getContainingType().getOptions().getMapEntry()
          && field.getNumber() == 2
          && SECRET_NAME.matcher(keyOf(parent)).matches()) {
        substitutes.secret("variable", value);
      }
      learnText(value);
      return value;
    }

    @Override
    public ByteString bytes(FieldDescriptor field, ByteString value, Message parent) {
      var stream = call + " " + LogFields.sourceOf(field, parent);
      var text = tails.getOrDefault(stream, "") + value.toString(ISO_8859_1);
      learnText(text);
      tails.put(stream, tailOf(text));
      return value;
    }

    @Override
    public ByteString opaque(ByteString value) {
      learnText(value.toString(ISO_8859_1));
      return value;
    }

    @Override
    public UnknownFieldSet unknown(UnknownFieldSet unknown) {
      opaque(unknown.toByteString());
      return unknown;
    }
  }

  private static boolean isNameOfAccount(FieldDescriptor field) {
    return switch (field.getFullName()) {
      case "yandex.cloud.datasphere.v2.Project.name",
          "yandex.cloud.datasphere.v2.Project.description",
          "yandex.cloud.datasphere.v2.jobs.DockerImageSpec.username" -> true;
      default -> false;
    };
  }

  private static String keyOf(Message entry) {
    return String.valueOf(entry.getField(entry.getDescriptorForType().findFieldByNumber(1)));
  }

  /** The end of a log that the next piece may go on with: no secret has blanks in it. */
  private static String tailOf(String text) {
    int begin = text.length();
    while (begin > 0
        && text.length() - begin < LONGEST_TAIL
        && !Character.isWhitespace(text.charAt(begin - 1))) {
      begin--;
    }
    return text.substring(begin);
  }
}
