using System.CommandLine;
using Repro.Cli.Commands;
using Repro.Harness.Verification;

namespace Repro.Cli.Tests;

/// <summary>How much a verification verifies.</summary>
public sealed class VerifyOptionsTests
{
    [TestCase(VerificationDepth.WithControl)]
    [TestCase(VerificationDepth.ClaimsOnly, "--claims", "table-14")]
    [TestCase(VerificationDepth.Thorough, "--thorough")]
    [TestCase(VerificationDepth.Thorough, "--thorough", "--claims", "table-14")]
    public void Claims_that_are_named_are_decided_alone_and_all_of_them_with_a_control(VerificationDepth depth, params string[] arguments)
    {
        VerifyOptions options = new();
        Command command = new("verify");
        options.AddTo(command);
        VerifyRequest request = options.Read(command.Parse(arguments));
        request.Depth.Should().Be(depth);
        request.Claims.Should().HaveCountGreaterThan(arguments.Contains("table-14") ? 2 : 70);
    }

    [TestCase("verify --no-controls")]
    [TestCase("audit --checkpoint a --controls")]
    public void What_thorough_has_replaced_is_no_option(string command) => ReproCommand.Create().Parse(command).Errors.Should().NotBeEmpty();
}
