package dev.greenstick.verdict.held;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.listing.Cursor;
import dev.greenstick.verdict.listing.Filter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Lists across all instances: each answers for the partitions that it holds, and a list is whole or
 * not given. Safe for many threads.
 */
@ApplicationScoped
public class AllRuns {

  /** Where an instance answers for what it holds. */
  public static final String PATH = "/held/runs";

  private static final ObjectReader READER =
      Json.mapper().readerFor(new TypeReference<List<HeldRun>>() {});
  private static final int OK = 200;

  private final Holders holders;
  private final HeldRuns held;
  private final OtherInstances others;

  AllRuns(Holders holders, HeldRuns held, OtherInstances others) {
    this.holders = holders;
    this.held = held;
    this.others = others;
  }

  /**
   * A page of all runs, the latest first.
   *
   * @throws NotNow when not every partition answers for itself
   */
  public List<HeldRun> page(Ask ask) {
    List<Answer> awaited = new ArrayList<>();
    SortedSet<Integer> here = new TreeSet<>();
    holders
        .all()
        .forEach(
            (instance, partitions) -> {
              if (instance.equals(holders.self())) {
                here.addAll(partitions);
              } else {
                awaited.add(
                    new Answer(instance, others.asking(instance, question(partitions, ask))));
              }
            });
    // The others work meanwhile.
    List<HeldRun> runs = new ArrayList<>(held.page(here, ask));
    awaited.forEach(answer -> runs.addAll(answer.runs()));
    return runs.stream().sorted(HeldRuns.ORDER).limit(ask.most()).toList();
  }

  private record Answer(HostInfo instance, CompletableFuture<HttpResponse<byte[]>> coming) {

    List<HeldRun> runs() {
      HttpResponse<byte[]> answer = OtherInstances.await(coming, instance);
      if (answer.statusCode() != OK) {
        throw new NotNow(
            "instance %s:%d answered %d: what it holds is being restored or moved"
                .formatted(instance.host(), instance.port(), answer.statusCode()));
      }
      try {
        return READER.readValue(answer.body());
      } catch (IOException e) {
        throw new UncheckedIOException(
            "instance " + instance.host() + ":" + instance.port() + " answered with no list", e);
      }
    }
  }

  private static String question(Collection<Integer> partitions, Ask ask) {
    UriBuilder uri = UriBuilder.fromPath(PATH).queryParam("most", ask.most());
    Filter filter = ask.filter();
    partitions.forEach(partition -> uri.queryParam("partition", partition));
    filter.experiment().ifPresent(experiment -> uri.queryParam("experiment", experiment));
    filter.cluster().ifPresent(cluster -> uri.queryParam("cluster", cluster));
    filter.ending().ifPresent(ending -> uri.queryParam("outcome", ending.word()));
    filter.from().ifPresent(from -> uri.queryParam("from", from));
    filter.to().ifPresent(to -> uri.queryParam("to", to));
    ask.after().ifPresent(after -> uri.queryParam("cursor", new Cursor(filter, after).text()));
    ask.figures().forEach(figure -> uri.queryParam("figure", figure));
    return uri.build().toString();
  }
}
