package io.poolshim.programs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** All programs, in the order in which they run. */
public final class Programs {
    /** By name. */
    public static final Map<String, TwinProgram> ALL = Collections.unmodifiableMap(all());

    private Programs() {}

    private static Map<String, TwinProgram> all() {
        Map<String, TwinProgram> all = new LinkedHashMap<>();
        casts(all);
        copies(all);
        borrows(all);
        transactions(all);
        sqlTransactions(all);
        refusals(all);
        afterClose(all);
        interrupts(all);
        loaders(all);
        settings(all);
        leftovers(all);
        statements(all);
        timing(all);
        driverState(all);
        entrances(all);
        descriptions(all);
        applications(all);
        hazards(all);
        administration(all);
        all.put("borrows.leak", Borrows::leak);
        return all;
    }

    private static void casts(Map<String, TwinProgram> all) {
        all.put("casts.to-driver-types", Casts::toDriverTypes);
        all.put("casts.unwrap", Casts::unwrap);
        all.put("casts.identity", Casts::identity);
        all.put("casts.identity-of-keys-and-batches", Casts::identityOfKeysAndBatches);
        all.put("casts.equality-and-text", Casts::equalityAndText);
        all.put("casts.close-by-walking-back", Casts::closeByWalkingBack);
        all.put("casts.base-connection", Casts::baseConnection);
    }

    private static void copies(Map<String, TwinProgram> all) {
        all.put("copies.through-cast", Copies::throughCast);
        all.put("copies.through-constructor", Copies::throughConstructor);
        all.put("copies.bad-data", Copies::badData);
        all.put("copies.in-transaction", Copies::inTransaction);
        all.put("copies.in-left-open", Copies::inLeftOpen);
        all.put("copies.out-left-open", Copies::outLeftOpen);
    }

    private static void borrows(Map<String, TwinProgram> all) {
        all.put("borrows.nested-two-deep", Borrows::nestedTwoDeep);
        all.put("borrows.nested-three-deep", Borrows::nestedThreeDeep);
        all.put("borrows.nested-sees-only-committed", Borrows::nestedSeesOnlyCommitted);
        all.put("borrows.threads-that-nest", Borrows::threadsThatNest);
        all.put("borrows.threads-each-with-its-own-session", Borrows::threadsEachWithItsOwnSession);
        all.put("borrows.many-kept-open", Borrows::manyKeptOpen);
        all.put("borrows.hand-written-pool", Borrows::handWrittenPool);
    }

    private static void transactions(Map<String, TwinProgram> all) {
        all.put("transactions.close-rolls-back", Transactions::closeRollsBack);
        all.put("transactions.commit-then-close", Transactions::commitThenClose);
        all.put("transactions.turning-auto-commit-on-commits", Transactions::turningAutoCommitOnCommits);
        all.put("transactions.failed-then-close", Transactions::failedThenClose);
        all.put("transactions.failed-then-commit", Transactions::failedThenCommit);
        all.put("transactions.savepoints", Transactions::savepoints);
        all.put("transactions.savepoint-of-another-life", Transactions::savepointOfAnotherLife);
        all.put("transactions.isolation-and-read-only", Transactions::isolationAndReadOnly);
        all.put("transactions.serialization-retry", Transactions::serializationRetry);
    }

    private static void sqlTransactions(Map<String, TwinProgram> all) {
        all.put("sql-transactions.begin-then-close", SqlTransactions::beginThenClose);
        all.put("sql-transactions.begin-then-fail-then-close", SqlTransactions::beginThenFailThenClose);
        all.put("sql-transactions.begin-by-prepared-statement", SqlTransactions::beginByPreparedStatement);
        all.put("sql-transactions.commit-by-sql", SqlTransactions::commitBySql);
        all.put("sql-transactions.session-characteristics", SqlTransactions::sessionCharacteristics);
        all.put("sql-transactions.row-locks-end", SqlTransactions::rowLocksEnd);
    }

    private static void refusals(Map<String, TwinProgram> all) {
        all.put("refusals.wrong-password", Refusals::wrongPassword);
        all.put("refusals.unknown-database", Refusals::unknownDatabase);
        all.put("refusals.unknown-user", Refusals::unknownUser);
        all.put("refusals.closed-port", Refusals::closedPort);
        all.put("refusals.no-driver", Refusals::noDriver);
        all.put("refusals.bad-urls", Refusals::badUrls);
        all.put("refusals.bad-properties", Refusals::badProperties);
        all.put("refusals.startup-setting-refused", Refusals::startupSettingRefused);
        all.put("refusals.failure-is-thrown-not-logged", Refusals::failureIsThrownNotLogged);
    }

    private static void afterClose(Map<String, TwinProgram> all) {
        all.put("after-close.every-connection-method", AfterClose::everyConnectionMethod);
        all.put("after-close.more-connection-methods", AfterClose::moreConnectionMethods);
        all.put("after-close.statements", AfterClose::statements);
        all.put("after-close.stale-handle-and-next-borrower", AfterClose::staleHandleAndNextBorrower);
        all.put("after-close.close-from-another-thread", AfterClose::closeFromAnotherThread);
        all.put("after-close.abort", AfterClose::abort);
        all.put(
                "after-close.statements-are-closed-with-the-connection",
                AfterClose::statementsAreClosedWithTheConnection);
    }

    private static void interrupts(Map<String, TwinProgram> all) {
        all.put("interrupts.before-connecting", Interrupts::beforeConnecting);
        all.put("interrupts.while-using", Interrupts::whileUsing);
        all.put("interrupts.with-refused-login", Interrupts::withRefusedLogin);
    }

    private static void loaders(Map<String, TwinProgram> all) {
        all.put("loaders.two-applications", Loaders::twoApplications);
        all.put("loaders.deregister-and-register", Loaders::deregisterAndRegister);
        all.put("loaders.own-driver", Loaders::ownDriver);
        all.put("loaders.list-drivers", Loaders::listDrivers);
    }

    private static void settings(Map<String, TwinProgram> all) {
        all.put("settings.plain-ones", Settings::plainOnes);
        all.put("settings.search-path-decides", Settings::searchPathDecides);
        all.put("settings.set-schema", Settings::setSchema);
        all.put("settings.role", Settings::role);
        all.put("settings.session-authorization", Settings::sessionAuthorization);
        all.put("settings.dotted", Settings::dotted);
        all.put("settings.dotted-by-function", Settings::dottedByFunction);
        all.put("settings.dotted-local", Settings::dottedLocal);
        all.put("settings.seed", Settings::seed);
        all.put("settings.url-options", Settings::urlOptions);
        all.put("settings.reset-by-sql", Settings::resetBySql);
    }

    private static void leftovers(Map<String, TwinProgram> all) {
        all.put("leftovers.temp-tables", Leftovers::tempTables);
        all.put("leftovers.temp-table-shadows", Leftovers::tempTableShadows);
        all.put("leftovers.advisory-locks", Leftovers::advisoryLocks);
        all.put("leftovers.listen", Leftovers::listen);
        all.put("leftovers.notifications-of-another-life", Leftovers::notificationsOfAnotherLife);
        all.put("leftovers.prepared-by-sql", Leftovers::preparedBySql);
        all.put("leftovers.cursors-with-hold", Leftovers::cursorsWithHold);
        all.put("leftovers.fetch-size-cursors", Leftovers::fetchSizeCursors);
        all.put("leftovers.sequences", Leftovers::sequences);
        all.put("leftovers.cached-sequence", Leftovers::cachedSequence);
        all.put("leftovers.insert-only-then-lastval", Leftovers::insertOnlyThenLastval);
    }

    private static void statements(Map<String, TwinProgram> all) {
        all.put("statements.batches", Statements::batches);
        all.put("statements.failing-batches", Statements::failingBatches);
        all.put("statements.generated-keys", Statements::generatedKeys);
        all.put("statements.callables", Statements::callables);
        all.put("statements.arrays", Statements::arrays);
        all.put("statements.repeated-over-borrows", Statements::repeatedOverBorrows);
        all.put(
                "statements.repeated-types-that-binary-shows-otherwise",
                Statements::repeatedTypesThatBinaryShowsOtherwise);
        all.put("statements.repeated-within-one-borrow", Statements::repeatedWithinOneBorrow);
        all.put("statements.type-changes-between-borrows", Statements::typeChangesBetweenBorrows);
        all.put("statements.scroll-and-update", Statements::scrollAndUpdate);
        all.put("statements.several-results", Statements::severalResults);
        all.put("statements.values-of-many-types", Statements::valuesOfManyTypes);
        all.put("statements.failures", Statements::failures);
    }

    private static void timing(Map<String, TwinProgram> all) {
        all.put("timing.query-timeout", Timing::queryTimeout);
        all.put("timing.statement-timeout", Timing::statementTimeout);
        all.put("timing.cancel", Timing::cancel);
        all.put("timing.network-timeout", Timing::networkTimeout);
        all.put("timing.valid", Timing::valid);
        all.put("timing.killed-by-the-server", Timing::killedByTheServer);
        all.put("timing.warnings", Timing::warnings);
        all.put("timing.time-zones", Timing::timeZones);
        all.put("timing.login-timeout", Timing::loginTimeout);
    }

    private static void driverState(Map<String, TwinProgram> all) {
        all.put("driver-state.driver-fields", DriverState::driverFields);
        all.put("driver-state.autosave-works", DriverState::autosaveWorks);
        all.put("driver-state.type-map", DriverState::typeMap);
        all.put("driver-state.client-info", DriverState::clientInfo);
        all.put("driver-state.data-types", DriverState::dataTypes);
        all.put("driver-state.type-recreated", DriverState::typeRecreated);
        all.put("driver-state.large-objects", DriverState::largeObjects);
        all.put("driver-state.fastpath", DriverState::fastpath);
        all.put("driver-state.catalog-and-types", DriverState::catalogAndTypes);
    }

    private static void entrances(Map<String, TwinProgram> all) {
        all.put("entrances.overloads", Entrances::overloads);
        all.put("entrances.properties-with-defaults", Entrances::propertiesWithDefaults);
        all.put("entrances.properties-change-afterwards", Entrances::propertiesChangeAfterwards);
        all.put("entrances.system-properties", Entrances::systemProperties);
        all.put("entrances.data-source", Entrances::dataSource);
        all.put("entrances.nobody", Entrances::nobody);
        all.put("entrances.url-parameters", Entrances::urlParameters);
        all.put("entrances.two-users", Entrances::twoUsers);
    }

    private static void descriptions(Map<String, TwinProgram> all) {
        all.put("descriptions.database", Descriptions::database);
        all.put("descriptions.tables", Descriptions::tables);
        all.put("descriptions.result-sets", Descriptions::resultSets);
    }

    private static void applications(Map<String, TwinProgram> all) {
        all.put("applications.order-desk", Applications::orderDesk);
        all.put("applications.job-queue", Applications::jobQueue);
        all.put("applications.schema-migration", Applications::schemaMigration);
        all.put("applications.audit-trail", Applications::auditTrail);
        all.put("applications.forgotten-on-the-error-path", Applications::forgottenOnTheErrorPath);
    }

    private static void administration(Map<String, TwinProgram> all) {
        all.put("administration.drop-database", Administration::dropDatabase);
        all.put("administration.copy-database", Administration::copyDatabase);
        all.put("administration.rename-database", Administration::renameDatabase);
        all.put("administration.role-settings", Administration::roleSettings);
        all.put("administration.database-settings", Administration::databaseSettings);
        all.put("administration.changed-password", Administration::changedPassword);
        all.put("administration.locked-out", Administration::lockedOut);
        all.put("administration.revoked-right", Administration::revokedRight);
        all.put("administration.connection-limit", Administration::connectionLimit);
    }

    private static void hazards(Map<String, TwinProgram> all) {
        all.put("hazards.prepared-in-transactions", Hazards::preparedInTransactions);
        all.put("hazards.same-text-other-tenant", Hazards::sameTextOtherTenant);
        all.put("hazards.same-text-other-temp-table", Hazards::sameTextOtherTempTable);
        all.put("hazards.cancel-of-another-life", Hazards::cancelOfAnotherLife);
        all.put("hazards.timer-of-another-life", Hazards::timerOfAnotherLife);
        all.put("hazards.close-while-querying", Hazards::closeWhileQuerying);
        all.put("hazards.only-the-result-set-is-kept", Hazards::onlyTheResultSetIsKept);
        all.put("hazards.borrow-here-return-there", Hazards::borrowHereReturnThere);
        all.put("hazards.close-twice-around-a-new-borrow", Hazards::closeTwiceAroundANewBorrow);
        all.put("hazards.waiting-for-notifications-when-closed", Hazards::waitingForNotificationsWhenClosed);
        all.put("hazards.deferred-constraint-at-close", Hazards::deferredConstraintAtClose);
        all.put("hazards.copy-of-another-life", Hazards::copyOfAnotherLife);
    }
}
