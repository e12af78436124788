package io.github.datasphere.emulator.session.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.Status;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.Answering;
import io.github.datasphere.emulator.session.Event.Content;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.FaultStep;
import io.github.datasphere.emulator.session.Event.Faulted;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.Event.Ran;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.Event.Requested;
import io.github.datasphere.emulator.session.Event.Started;
import io.github.datasphere.emulator.session.Event.Warned;
import io.github.datasphere.emulator.session.Event.WentAway;
import io.github.datasphere.emulator.session.MessageTexts;
import io.github.datasphere.emulator.session.TimedEvent;
import io.github.datasphere.emulator.session.redact.LogStreams.Piece;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes out of events what was learned from all of them. Each event is looked at once, in order,
 * and then redacted, in the same order. Not for several threads.
 */
public final class Redactor {
  private final Substitutes substitutes;
  private final MessageTexts texts;
  private final Needles needles;
  private final LogStreams logs;
  private final Rewriting rewriting = new Rewriting();
  private long looked;
  private long written;

  Redactor(Substitutes substitutes, MessageTexts texts) {
    this.substitutes = substitutes;
    this.texts = texts;
    this.needles = substitutes.needles();
    this.logs = new LogStreams(needles);
  }

  /** Looks at the next event: what a log's piece becomes depends on the pieces that follow. */
  public void look(Event event) {
    looked++;
    var message = event instanceof Replied reply ? reply.content().message() : null;
    if (message != null && event instanceof Replied reply) {
      texts.visit(message, new LogLook(reply.call(), looked));
    }
  }

  /** Ends the looking: all events have been seen. */
  public void seenAll() {
    logs.end();
  }

  /** Returns the next event without what must not be written. */
  public RedactedEvent redact(TimedEvent timed) {
    written++;
    rewriting.piece = 0;
    return new RedactedEvent(new TimedEvent(timed.at(), redacted(timed.event())));
  }

  /** Returns the text without what must not be written. */
  public String redacted(String text) {
    return text(text);
  }

  /** Whether a file may be kept: nothing that must not be written is in it. */
  public boolean isClean(byte[] content) {
    return !Packed.hides(content, needles);
  }

  Needles needles() {
    return needles;
  }

  private Event redacted(Event event) {
    if (event instanceof Started started) {
      return new Started(
          started.call(), started.method(), text(started.host()), redacted(started.metadata()));
    }
    if (event instanceof Requested request) {
      return new Requested(request.call(), redacted(request.content()));
    }
    if (event instanceof Replied reply) {
      return new Replied(reply.call(), redacted(reply.content()));
    }
    if (event instanceof Answering answering) {
      return new Answering(answering.call(), redacted(answering.metadata()));
    }
    if (event instanceof Ended ended) {
      return new Ended(
          ended.call(), ended.code(), text(ended.text()), ended.by(), redacted(ended.metadata()));
    }
    if (event instanceof Faulted fault) {
      return new Faulted(
          fault.call(),
          text(fault.text()),
          fault.steps().stream().map(this::redacted).toList());
    }
    if (event instanceof WentAway away) {
      return new WentAway(text(away.host()), away.code(), text(away.text()));
    }
    if (event instanceof Moved moved) {
      return new Moved(
          moved.isUpload(),
          text(moved.url()),
          moved.sha256(),
          moved.bytes(),
          moved.status(),
          moved.took());
    }
    if (event instanceof Ran ran) {
      return new Ran(ran.command().stream().map(this::text).toList());
    }
    return event instanceof Warned warned ? new Warned(text(warned.text())) : event;
  }

  private FaultStep redacted(FaultStep step) {
    return new FaultStep(step.does(), step.time(), step.offset(), step.code(), text(step.text()));
  }

  private String text(String value) {
    var whole = substitutes.whole(value);
    return whole.equals(value) ? needles.replacedIn(value) : whole;
  }

  private Content redacted(Content content) {
    var message = content.message();
    return message == null
        ? Content.of(rewriting.opaque(content.bytes()))
        : Content.of(texts.visit(message, rewriting));
  }

  private SortedMap<String, List<String>> redacted(SortedMap<String, List<String>> metadata) {
    var all = new TreeMap<String, List<String>>();
    metadata.forEach((name, values) ->
        all.put(name, values.stream().map(value -> metadata(name, value)).toList()));
    return all;
  }

  private String metadata(String name, String value) {
    if (name.equals("grpc-status-details-bin")) {
      return details(value);
    }
    if (MetadataNames.isOpen(name) || MetadataNames.isIdentity(name)) {
      return text(value);
    }
    int blank = value.indexOf(' ');
    var scheme = value.substring(0, blank + 1);
    return scheme.matches("(?i)(bearer|basic|oauth) ")
        ? scheme + substitutes.whole(value.substring(blank + 1))
        : substitutes.whole(value);
  }

  /** The details of an error are a message in base64. */
  private String details(String value) {
    try {
      var status = Status.parseFrom(Base64.getDecoder().decode(value));
      var redacted = texts.visit(status, rewriting).toByteArray();
      return Base64.getEncoder().encodeToString(redacted);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return SecretFields.MASK;
    }
  }

  private final class LogLook extends Reading {
    private final long call;
    private final long event;
    private int piece;

    LogLook(long call, long event) {
      this.call = call;
      this.event = event;
    }

    @Override
    public ByteString bytes(FieldDescriptor field, ByteString value, Message parent) {
      logs.look(call + " " + LogFields.sourceOf(field, parent), new Piece(event, piece++), value);
      return value;
    }
  }

  private final class Rewriting extends Reading {
    private int piece;

    @Override
    public String text(FieldDescriptor field, String value, Message parent) {
      return Redactor.this.text(value);
    }

    @Override
    public ByteString bytes(FieldDescriptor field, ByteString value, Message parent) {
      return logs.changed(new Piece(written, piece++)).orElse(value);
    }

    @Override
    public ByteString opaque(ByteString value) {
      if (Packed.begins(value.toByteArray())) {
        return ByteString.copyFromUtf8(SecretFields.MASK);
      }
      return needles.isIn(value.toByteArray())
          ? ByteString.copyFrom(needles.replacedIn(value.toString(ISO_8859_1)), ISO_8859_1)
          : value;
    }

    /** Unknown fields may hold anything: each is looked into as a text and as fields. */
    @Override
    public UnknownFieldSet unknown(UnknownFieldSet unknown) {
      if (isClean(unknown.toByteArray()) && !Packed.begins(unknown.toByteArray())) {
        return unknown;
      }
      var copy = UnknownFieldSet.newBuilder();
      unknown.asMap().forEach((number, field) -> {
        var made = UnknownFieldSet.Field.newBuilder();
        field.getVarintList().forEach(made::addVarint);
        field.getFixed32List().forEach(made::addFixed32);
        field.getFixed64List().forEach(made::addFixed64);
        field.getGroupList().forEach(group -> made.addGroup(unknown(group)));
        field.getLengthDelimitedList().forEach(value -> made.addLengthDelimited(inner(value)));
        copy.addField(number, made.build());
      });
      return copy.build();
    }

    private ByteString inner(ByteString value) {
      if (isClean(value.toByteArray()) && !Packed.begins(value.toByteArray())) {
        return value;
      }
      if (value.isValidUtf8() && value.toString(UTF_8).chars().allMatch(c -> c >= ' ')) {
        return ByteString.copyFromUtf8(Redactor.this.text(value.toString(UTF_8)));
      }
      try {
        return unknown(UnknownFieldSet.parseFrom(value)).toByteString();
      } catch (InvalidProtocolBufferException e) {
        return ByteString.copyFromUtf8(SecretFields.MASK);
      }
    }
  }

  /** Leaves all as it is. */
  abstract static class Reading implements MessageTexts.Visitor {
    @Override
    public String text(FieldDescriptor field, String value, Message parent) {
      return value;
    }
  }
}
