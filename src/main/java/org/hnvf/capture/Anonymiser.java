package org.hnvf.capture;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Prefix;

/**
 * Makes the blocks of one capture anonymous, consistently within the capture: the same address and
 * the same name get the same replacement. Texts that people write freely, such as descriptions and
 * comments, are left out.
 */
final class Anonymiser {

  private static final Pattern DESCRIPTION =
      Pattern.compile("(?m)^(?:\\tdescription: |description |ifconfig_\\w+_descr=)(.*)$");

  private final NameMap names = new NameMap();
  private final Vocabulary words;
  private final AddressWords addresses;
  private final RcWords rc;
  private final RuleLines rules;
  private final GuestLines lines;

  private Anonymiser(byte[] key, ImmutableList<Block> blocks) {
    ImmutableSet.Builder<Prefix> networks = ImmutableSet.builder();
    blocks.forEach(block -> AddressWords.networks(block.stdout(), networks));
    MacMap macs = new MacMap(key);
    this.addresses = new AddressWords(new AddressMap(key, macs, networks.build()), macs);
    this.words =
        new Vocabulary(
            blocks.stream()
                .filter(block -> block.source() == Source.INTERFACES)
                .map(Block::stdout)
                .toList());
    this.rc = new RcWords(names, addresses, words);
    this.rules = new RuleLines(names);
    this.lines = new GuestLines(names, words);
  }

  /**
   * Returns the blocks of a capture anonymised.
   *
   * @param key a random key that is used for this capture alone and then thrown away
   */
  static ImmutableList<Block> anonymised(byte[] key, ImmutableList<Block> blocks) {
    return new Anonymiser(key, blocks).all(blocks);
  }

  private ImmutableList<Block> all(ImmutableList<Block> blocks) {
    List<String> structured = new ArrayList<>();
    for (Block block : blocks) {
      Matcher description = DESCRIPTION.matcher(block.stdout());
      while (description.find()) {
        names.of("text", description.group(1));
      }
      structured.add(structured(block));
    }
    ImmutableList.Builder<Block> result = ImmutableList.builder();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      // Names that a later block told are known only now.
      result.add(
          block
              .with(
                  finished(block, structured.get(i)),
                  addresses.replaced(names.inSentence(block.stderr())))
              .named(addresses.replaced(block.command())));
    }
    return result.build();
  }

  private String structured(Block block) {
    String text = block.stdout();
    return switch (block.source()) {
      case SYSCTL -> lines.sysctl(text);
      case INTERFACES -> lines.interfaces(text);
      case PROCESSES -> ProcessLines.anonymised(text, words);
      case JAILS -> lines.jails(text);
      case NETGRAPH -> lines.netgraph(text);
      case PF_STATUS -> lines.pfStatus(text);
      case PF_RULES -> rules.ofPf(text);
      case IPFW -> rules.ofIpfw(text);
      case LEASES, DHCLIENT_CONF -> DhclientText.of(text, names, words);
      case RC_CONF -> rc.of(text);
      case MENTIONS -> lines.mentions(text);
      case STATE -> lines.state(text);
      case HOOKS -> GuestLines.hooks(text);
      case BRIDGE, ROUTES, NEIGHBOURS, PF_INTERFACES, PID, NAMES, SETTINGS, SCRIPTS -> text;
      case MODULES, OTHER -> "";
    };
  }

  private String finished(Block block, String text) {
    return switch (block.source()) {
      // Its words are replaced one by one, and an address that was replaced must not be again.
      case RC_CONF -> text;
      case STATE -> addresses.replaced(names.inSentence(text));
      case ROUTES -> GuestLines.routes(addresses.replaced(text));
      default -> addresses.replaced(text);
    };
  }
}
