package io.aipaging.aipf.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.lease.LeaseClock;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.relocation.Wish;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.SessionId;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SessionKeeperTest {
  private final World world = new World();

  @Test
  void aPageIsTakenOverAtOnceWhenItsRunnerIsGoneAndLongAfterItsDeadlineOtherwise() {
    Session session = world.paged();
    Session preparing =
        new Session(
            session.facts(),
            1,
            0,
            session.expiresAt(),
            session.qos(),
            session.residence(),
            null,
            new SessionState.Preparing(world.clock.instant().plusSeconds(5), "runner-1", null));
    assertThat(Task.of(preparing, world.terms, runner -> true))
        .containsExactly(new Task(Task.Kind.RESUME_PAGE, world.clock.instant().plusSeconds(10)));
    assertThat(Task.of(preparing, world.terms, runner -> false))
        .containsExactly(new Task(Task.Kind.RESUME_PAGE, Instant.EPOCH));
  }

  @Test
  void aSessionWhoseLeaseReachesItsEndIsNotRenewed() {
    Session session = world.paged();
    world.upkeepUntil(
        () ->
            world
                .session(session.id())
                .state()
                .live()
                .getFirst()
                .expiresAt()
                .equals(session.expiresAt()),
        Duration.ofMinutes(10));
    assertThat(Task.of(world.session(session.id()), world.terms, world.ownership::alive))
        .containsExactly(
            new Task(Task.Kind.EXPIRE, session.expiresAt().plus(world.terms.skewBound())));
  }

  @Test
  void anEndedLeaseThatCannotBeConfirmedDoesNotKeepTheOtherFromBeingRenewed() {
    SessionId id = world.paged().id();
    world.faults.refuse("anchor-a.applyEND", 504, "DEAD");
    world.relocation.relocate(id, Wish.to("anchor-b"), "TEST", world.call().deadline());
    world.upkeepUntil(
        () -> !((Active) world.session(id).state()).removing().isEmpty(), Duration.ofSeconds(10));
    long gen = world.session(id).gen();
    world.upkeepUntil(() -> world.session(id).gen() > gen, Duration.ofSeconds(20));
    assertThat(world.session(id).state()).isInstanceOf(Active.class);
  }

  @Test
  void manyLeasesOfOneInstantAreRenewedSpreadOut() {
    World many = new World(world.terms, 100);
    List<Instant> renewals = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      many.page("10.45.1." + i);
    }
    many.store
        .list(io.aipaging.aipf.lease.SessionQuery.ALL, 100, null)
        .sessions()
        .forEach(s -> renewals.add(many.alarm().next(s.id()).orElseThrow()));
    assertThat(renewals.stream().distinct()).hasSizeGreaterThan(1);
    assertThat(renewals)
        .allSatisfy(
            at ->
                assertThat(Duration.between(many.clock.instant(), at))
                    .isBetween(Duration.ofSeconds(12), Duration.ofSeconds(18)));
  }

  @Test
  void theNextAlarmIsForTheRowThatSomebodyElseWroteDuringARenewal() {
    SessionId id = world.paged().id();
    world.faults.after(
        "store.LEASE_RENEWED",
        () -> {
          world.faults.heal();
          world.renew.extend(id, null, world.call().deadline());
        });
    world.upkeepUntil(() -> world.session(id).gen() == 3, Duration.ofSeconds(20));
    assertThat(world.alarm().next(id))
        .contains(world.terms.renewAt(((Active) world.session(id).state()).serving()));
  }

  @Test
  void nothingIsScheduledForASessionThatIsOver() {
    Session session = world.paged();
    world.ends.end(
        session.id(),
        new io.aipaging.aipf.lease.EndCause(
            io.aipaging.aipf.lease.EndReason.RELEASED_BY_CLIENT, "TEST"));
    assertThat(world.alarm().next(session.id())).isEmpty();
  }

  @Test // R-12, §6: also by one that was wrong only while the alarm was set
  void aWallClockThatIsSetBackDelaysNothing() {
    SessionId id = world.paged().id();
    Instant due = world.alarm().next(id).orElseThrow();
    world.clock.step(Duration.ofHours(-1));
    world.keeper.look(id);
    assertThat(world.alarm().next(id)).contains(due.minus(Duration.ofHours(1)));
  }

  @Test // R-12, §6: a lease never comes back, whatever the wall clock says
  void aLeaseThatIsOverIsNotRenewedByAWallClockThatWasSetBack() {
    SessionId id = world.paged().id();
    world.clock.advance(world.terms.leaseTerm());
    world.clock.step(world.terms.leaseTerm().negated());
    world.renew.renewLease(world.session(id));
    assertThat(world.session(id).gen()).isEqualTo(1);
  }

  @Test // R-12, L1.6: what only seems over is ended at its enforcers, not forgotten
  void aWallClockThatJumpsAheadEndsSessionsAtTheirEnforcersToo() {
    SessionId id = world.paged().id();
    world.clock.step(Duration.ofHours(1));
    world.keeper.keepTime();
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofSeconds(5));
    assertThat(world.faults.calls()).contains("anchor-a.applyEND");
    assertThat(world.session(id).gen()).isEqualTo(2);
  }

  @Test
  void aSessionWhoseStoreFailedIsLookedAtWhenTheStoreIsBack() {
    world.faults.before(
        "store.SESSION_ACTIVE",
        () -> {
          throw new StoreUnavailable("by the test");
        });
    world.faults.before(
        "store.SESSION_ENDING",
        () -> {
          throw new StoreUnavailable("by the test");
        });
    assertThatThrownBy(world::paged).isInstanceOf(StoreUnavailable.class);
    SessionId id = world.only().id();
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Preparing.class);
    world.faults.heal();
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofSeconds(15));
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Rejected.class);
    world.expectNothingHeld();
  }

  @Test
  void shardsAreAdoptedAsSoonAsTheStoreCanBeRead() {
    SessionId id = world.paged().id();
    AtomicInteger failing = new AtomicInteger(3);
    List<Ownership.Listener> listeners = new ArrayList<>();
    Ownership gaining =
        new Ownership() {
          private volatile Set<Shard> owned = Set.of();

          @Override
          public String runner() {
            return "runner-2";
          }

          @Override
          public boolean alive(String runner) {
            return true;
          }

          @Override
          public Set<Shard> owned() {
            return owned;
          }

          @Override
          public void listen(Listener listener) {
            owned = Shard.all();
            listeners.add(listener);
          }
        };
    LeaseStore flaky =
        (LeaseStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {LeaseStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("list") && failing.getAndDecrement() > 0) {
                    throw new StoreUnavailable("by the test");
                  }
                  return method.invoke(world.store, arguments);
                });
    AtomicReference<SessionId> woken = new AtomicReference<>();
    SessionKeeper keeper =
        new SessionKeeper(
            flaky,
            world.terms,
            new SessionKeeper.Surroundings(
                gaining, world.strands, new LeaseClock(world.clock, world.clock::nanos)),
            bell ->
                new Alarm() {
                  @Override
                  public void set(SessionId session, Task.Kind kind, Duration delay) {
                    woken.set(session);
                  }

                  @Override
                  public void cancel(SessionId session) {
                    throw new IllegalStateException("a living session needs an alarm");
                  }
                });
    assertThatThrownBy(
            () ->
                keeper.start(
                    new SessionKeeper.Procedures(
                        world.renew, world.drains, world.ends, world.pages, world.relocation)))
        .isInstanceOf(StoreUnavailable.class);
    listeners.getFirst().gained(Shard.all());
    World.await(() -> woken.get() != null);
    assertThat(woken.get()).isEqualTo(id);
  }
}
