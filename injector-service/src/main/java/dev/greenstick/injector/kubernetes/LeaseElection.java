package dev.greenstick.injector.kubernetes;

import dev.greenstick.injector.leader.Election;
import dev.greenstick.injector.leader.Leadership;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Leader election by a Lease in the ledger's namespace, through fabric8's elector; a second Lease
 * is renewed by whoever stands by, so that a leader that is told to stop knows of it.
 *
 * <p>A leader leads by its own clock for two thirds of the lease after it began to renew it, others
 * wait for the whole: the rest is for calls that are under way.
 */
public final class LeaseElection implements Election {

  /** The name of the leader's Lease. */
  public static final String LEASE = "greenstick-injector";

  /** The name of the Lease of those that stand by. */
  static final String STANDBY = "greenstick-injector-standby";

  private static final Logger LOG = Logger.getLogger(LeaseElection.class);

  private final KubernetesClient client;
  private final String namespace;
  private final String identity;
  private final Duration lease;
  private final Leadership leadership;
  private final InstantSource clock;
  private final Executor executor;
  private final AtomicReference<CompletableFuture<?>> standing = new AtomicReference<>();
  private volatile boolean leaving;

  /**
   * @param identity of this process; another process must not have it while this one lives
   * @param lease how long others wait for a leader that does not renew
   */
  public LeaseElection(
      KubernetesClient client,
      String namespace,
      String identity,
      Duration lease,
      Leadership leadership,
      InstantSource clock,
      Executor executor) {
    this.client = Objects.requireNonNull(client, "client");
    this.namespace = Objects.requireNonNull(namespace, "namespace");
    this.identity = Objects.requireNonNull(identity, "identity");
    this.lease = Objects.requireNonNull(lease, "lease");
    this.leadership = Objects.requireNonNull(leadership, "leadership");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.executor = Objects.requireNonNull(executor, "executor");
  }

  private Duration renewDeadline() {
    return lease.multipliedBy(2).dividedBy(3);
  }

  private Duration retryPeriod() {
    return lease.dividedBy(10);
  }

  @Override
  public void start(Runnable leads, Runnable standsBy) {
    if (leaving) {
      return;
    }
    LeaderElector elector =
        new LeaderElector(
            client,
            new LeaderElectionConfigBuilder()
                .withName(LEASE)
                .withLeaseDuration(lease)
                .withRenewDeadline(renewDeadline())
                .withRetryPeriod(retryPeriod())
                .withReleaseOnCancel(true)
                .withLock(new Watched(new LeaseLock(namespace, LEASE, identity)))
                .withLeaderCallbacks(
                    new LeaderCallbacks(
                        leads,
                        () -> {
                          leadership.lost();
                          standsBy.run();
                        },
                        leader -> LOG.infof("the injector that leads: %s", leader)))
                .build(),
            executor);
    CompletableFuture<?> election = elector.start();
    standing.set(election);
    // The elector is done once it has lost: stand again.
    CompletableFuture<?> again =
        election.whenCompleteAsync(
            (done, failure) -> {
              leadership.lost();
              standsBy.run();
              if (failure != null && !leaving) {
                LOG.warnf("leader election failed, standing again: %s", failure.getMessage());
              }
              start(leads, standsBy);
            },
            CompletableFuture.delayedExecutor(
                retryPeriod().toMillis(), TimeUnit.MILLISECONDS, executor));
    LOG.debugf("standing for election as %s: %s", identity, again);
  }

  @Override
  public boolean hasStandby() {
    try {
      LeaderElectionRecord other = new LeaseLock(namespace, STANDBY, identity).get(client);
      return other != null
          && !identity.equals(other.getHolderIdentity())
          && other.getRenewTime().toInstant().plus(renewDeadline()).isAfter(clock.instant());
    } catch (KubernetesClientException e) {
      LOG.warnf("who stands by is not known: %s", e.getMessage());
      return false;
    }
  }

  @Override
  public void leave() {
    leaving = true;
    CompletableFuture<?> election = standing.get();
    if (election != null) {
      boolean cancelled = election.cancel(true);
      LOG.debugf("leader election left: %s", cancelled);
    }
    leadership.lost();
  }

  private void standBy(LeaderElectionRecord leader) {
    if (leader == null || identity.equals(leader.getHolderIdentity())) {
      return;
    }
    ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
    LeaseLock mine = new LeaseLock(namespace, STANDBY, identity);
    try {
      LeaderElectionRecord next = new LeaderElectionRecord(identity, lease, now, now, 0);
      if (mine.get(client) == null) {
        mine.create(client, next);
      } else {
        mine.update(client, next);
      }
    } catch (KubernetesClientException e) {
      // Another one that stands by was faster, or the next attempt will tell.
      LOG.debugf("lease %s: %s", STANDBY, e.getMessage());
    }
  }

  /** The leader's Lease; a renewal counts from before it was asked for. */
  private final class Watched implements Lock {

    private final Lock lock;

    Watched(Lock lock) {
      this.lock = lock;
    }

    @Override
    public LeaderElectionRecord get(KubernetesClient asked) {
      LeaderElectionRecord leader = lock.get(asked);
      standBy(leader);
      return leader;
    }

    @Override
    public void create(KubernetesClient asked, LeaderElectionRecord next) {
      Instant before = clock.instant();
      lock.create(asked, next);
      written(before, next);
    }

    @Override
    public void update(KubernetesClient asked, LeaderElectionRecord next) {
      Instant before = clock.instant();
      lock.update(asked, next);
      written(before, next);
    }

    private void written(Instant before, LeaderElectionRecord next) {
      if (identity.equals(next.getHolderIdentity())) {
        leadership.holds(before.plus(renewDeadline()));
      } else {
        leadership.lost();
      }
    }

    @Override
    public String identity() {
      return lock.identity();
    }

    @Override
    public String describe() {
      return lock.describe();
    }
  }
}
