package io.aipaging.cli.core;

import picocli.CommandLine.Command;

/** {@code aipaging core …}. */
@Command(
    name = "core",
    description = "Looks at a 5G core, or simulates one.",
    mixinStandardHelpOptions = true,
    subcommands = {ProbeCommand.class, SimulateCommand.class})
public final class CoreCommand {}
