using Repro.Engine.Files;
using Repro.Engine.Models;
using TorchSharp;

namespace Repro.Engine.Tests.Models;

public sealed class DevicesTests
{
    [Test]
    public void Cpu_is_always_there() => Devices.Parse("cpu").Select(d => d.type).Should().Equal(DeviceType.CPU);

    [TestCase("gpu")]
    [TestCase("")]
    [TestCase("CPU")]
    [TestCase("cuda:")]
    [TestCase("cuda:x")]
    [TestCase("cuda:-1")]
    [TestCase("cudax")]
    public void A_name_that_is_no_device_is_refused(string name) =>
        FluentActions.Invoking(() => Devices.Parse(name)).Should().Throw<InputException>().WithMessage($"'{name}' is not a device*");

    [TestCase("cuda", 0)]
    [TestCase("cuda:1", 1)]
    [TestCase("cuda:2,cuda:0", 2, 0)]
    [TestCase("cuda:0, cuda:1", 0, 1)]
    [TestCase("cuda:all", 0, 1, 2)]
    public void Devices_come_in_the_order_given(string list, params int[] indices) =>
        Devices.Parse(list, () => 3).Select(d => d.index).Should().Equal(indices);

    [TestCase("cuda:0,cuda:0", "*twice*")]
    [TestCase("cuda,cuda:0", "*twice*")]
    [TestCase("cpu,cuda:0", "*not a device*")]
    [TestCase("cuda:0,", "*not a device*")]
    [TestCase("cuda:3", "*no device 'cuda:3'*cuda:0 to cuda:2*")]
    public void Lists_that_make_no_sense_are_refused(string list, string message) =>
        FluentActions.Invoking(() => Devices.Parse(list, () => 3)).Should().Throw<InputException>().WithMessage(message);

    [TestCase("cuda:99")]
    [TestCase("cuda:all")]
    public void A_device_this_machine_lacks_is_named(string name) =>
        FluentActions.Invoking(() => Devices.Parse(name, () => 0)).Should().Throw<InputException>().WithMessage($"*'{name}'*--device cpu*REPRO_LIBTORCH*");
}
